package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.LabelLimits;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a labeler's labels were counted to be, and lets each gate judge it. */
public final class LabelReadings {

  private final LabelLimits limits;

  /** Judges by those limits. */
  public LabelReadings(LabelLimits limits) {
    this.limits = limits;
  }

  /** Judges by the limits of a recipe that says nothing of them. */
  public static LabelReadings byDefault() {
    return new LabelReadings(LabelLimits.defaults());
  }

  /** The gates of a labeler that has not begun, on the pairs whose answer is known. */
  public List<GateResult> calibration(RunFolder folder) {
    JsonNode found = agreement(folder).path("calibration");
    List<GateResult> results = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode row = found.path(facet.wireName());
      results.addAll(labels(facet, row));
      results.addAll(agreements(facet, row));
      if (row.path("pairs").asLong() > 0 && read(row) == 0) {
        results.add(unread(facet, row));
      }
    }
    return results;
  }

  /** Pairs that the labeler could read; only those can be ties. */
  private static long read(JsonNode row) {
    return row.path("pairs").asLong() - row.path("too_long").asLong();
  }

  /** The gates of feedback. People's own labels have no order, no ties and no answers. */
  public List<GateResult> feedback(RunFolder folder) {
    JsonNode found = agreement(folder).path("facets");
    List<GateResult> results = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      results.addAll(labels(facet, found.path(facet.wireName())));
    }
    return results;
  }

  private static JsonNode agreement(RunFolder folder) {
    return JsonFile.readIfThere(folder.stage(Stage.FEEDBACK).resolve("agreement.json"));
  }

  /**
   * The gates of a labeler's labels on one facet.
   *
   * @param row their tally, as agreement.json has it
   */
  public List<GateResult> labels(Facet facet, JsonNode row) {
    List<GateResult> results = new ArrayList<>();
    long pairs = read(row);
    if (row.has("ties")) {
      results.add(TiesGate.of(facet, row.path("ties").asLong(), pairs, limits.tiesWarn()));
    }
    if (row.has("answer_mass")) {
      results.add(
          AnswerMassGate.of(
              facet, row.path("answer_mass").asDouble(), pairs, limits.answerMassLow()));
    }
    Counted.of(row.path("parse_failures").path("pairs"))
        .map(
            unread ->
                ParseFailureGate.of(
                    facet,
                    unread.share(),
                    unread.interval(),
                    unread.n(),
                    new ParseFailureGate.Bounds(
                        limits.parseFailureWarn(), limits.parseFailureStop())))
        .ifPresent(results::add);
    Counted.of(row.path("order_decided"))
        .map(
            order ->
                OrderGate.of(facet, order.share(), order.interval(), order.n(), limits.orderStop()))
        .ifPresent(results::add);
    return results;
  }

  /** The gates of its agreement with whoever knows, as far as the same row tells it. */
  public List<GateResult> agreements(Facet facet, JsonNode row) {
    List<GateResult> results = new ArrayList<>();
    agreement(facet, "people", row.path("agrees_with_people")).ifPresent(results::add);
    agreement(facet, "the truth", row.path("agrees_with_truth")).ifPresent(results::add);
    return results;
  }

  /** The gate of a labeler that could read none of the pairs that it is asked about. */
  public GateResult unread(Facet facet, JsonNode row) {
    return AgreementGate.unread(facet, row.path("pairs").asLong(), limits.agreementLow());
  }

  private Optional<GateResult> agreement(Facet facet, String whom, JsonNode agrees) {
    return Counted.of(agrees)
        .map(
            found ->
                AgreementGate.of(
                    facet,
                    whom,
                    found.share(),
                    found.interval(),
                    found.n(),
                    limits.agreementLow()));
  }

  /** A share of pairs, with its interval and of how many it is. */
  private record Counted(double share, Interval interval, long n) {

    static Optional<Counted> of(JsonNode found) {
      return found.has("share")
          ? Optional.of(
              new Counted(
                  found.path("share").asDouble(),
                  GateReadings.interval(found, "low", "high"),
                  found.path("n").asLong()))
          : Optional.empty();
    }
  }
}
