package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.gate.LabelReadings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The gates of a run's feedback, looked at when a labeler has judged pairs whose better reply is
 * known, and before it judges the rest.
 */
final class LabelingGates {

  private static final String REMEDY =
      "into another --out, take a stronger judge (--labeler), other words (--constitution), or more"
          + " pairs that people have labeled (--calibration)";

  private static final LabelReadings LABELS = LabelReadings.byDefault();

  private final Set<String> forced;
  private final List<GateResult> found = new ArrayList<>();

  LabelingGates(Set<String> forced) {
    this.forced = Set.copyOf(forced);
  }

  /**
   * Looks at a labeler's labels.
   *
   * @param row their tally, as the report has it
   * @throws GateStop if one of the gates halts and is not forced
   */
  void check(Facet facet, JsonNode row) {
    List<GateResult> results = new ArrayList<>(LABELS.labels(facet, row));
    List<GateResult> agreements = LABELS.agreements(facet, row);
    results.addAll(agreements);
    if (agreements.isEmpty()) {
      results.add(LABELS.unread(facet, row));
    }
    for (GateResult result : results) {
      found.add(result.mendedBy(REMEDY));
    }
    for (GateResult result : found) {
      if (result.halts() && !forced.contains(result.name())) {
        throw new GateStop("the labeling before most is spent", result);
      }
    }
  }

  /** Adds what was found to the report, if anything was looked at. */
  void addTo(ObjectNode report) {
    if (!found.isEmpty()) {
      ArrayNode rows = report.putArray("gates");
      found.forEach(
          result -> rows.add(result.toJson("calibration", forced.contains(result.name()))));
    }
  }

  /** What does not pass and was let through: sentences for people. */
  List<String> warnings() {
    return found.stream().filter(result -> !result.passed()).map(GateResult::warning).toList();
  }
}
