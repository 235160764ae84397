package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.gate.GatePhase;
import io.arete.rlaif.gate.GateResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All gates of a run.
 *
 * @param run its folder
 * @param results by phase
 * @param forced names of gates that the run was told to pass regardless
 */
public record DoctorReport(
    String run, Map<GatePhase, List<GateResult>> results, Set<String> forced) {

  /** Copies the collections. */
  public DoctorReport {
    results = new EnumMap<>(results);
    forced = Set.copyOf(forced);
  }

  /** Whether a gate says stop, forced or not. */
  public boolean stops() {
    return results.values().stream().flatMap(List::stream).anyMatch(GateResult::halts);
  }

  /** How many gates say that. */
  public long count(GateResult.Outcome outcome) {
    return results.values().stream()
        .flatMap(List::stream)
        .filter(result -> result.outcome() == outcome)
        .count();
  }

  /** Everything as one JSON object. */
  public ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("run", run);
    for (GateResult.Outcome outcome : GateResult.Outcome.values()) {
      root.put(outcome.name().toLowerCase(Locale.ROOT), count(outcome));
    }
    ArrayNode gates = root.putArray("gates");
    results.forEach(
        (phase, all) ->
            all.forEach(
                result ->
                    gates.add(
                        result
                            .toJson(phase, forced.contains(result.name()))
                            .put("outcome", result.outcome().words()))));
    return root;
  }

  /** Everything as a table for people. */
  public String text() {
    TextTable text = new TextTable();
    text.line("Run %s", run);
    results.forEach(
        (phase, all) -> {
          text.line("");
          text.line("%s", phase.wireName());
          all.stream().filter(DoctorReport::judged).forEach(result -> write(result, text));
          unjudged(all).forEach((why, names) -> write(why, names, text));
        });
    text.line("");
    text.line(
        "%s",
        String.join(
            ", ",
            Arrays.stream(GateResult.Outcome.values())
                .map(outcome -> count(outcome) + " " + outcome.words())
                .toList()));
    text.line("%s", ending());
    return text.toString();
  }

  private String ending() {
    List<String> halting =
        results.values().stream()
            .flatMap(List::stream)
            .filter(GateResult::halts)
            .map(GateResult::title)
            .toList();
    return halting.isEmpty()
        ? "No gate that could be judged stops this run."
        : "The run should not go on as it is: " + String.join(", ", halting) + ".";
  }

  private static boolean judged(GateResult result) {
    return result.outcome() != GateResult.Outcome.CANNOT_TELL;
  }

  /** Titles of the gates that had not enough to judge, by the reason. */
  private static Map<String, List<String>> unjudged(List<GateResult> results) {
    return results.stream()
        .filter(result -> !judged(result))
        .collect(
            Collectors.groupingBy(
                GateResult::meaning,
                LinkedHashMap::new,
                Collectors.mapping(GateResult::title, Collectors.toList())));
  }

  private static void write(String why, List<String> titles, TextTable text) {
    text.line(
        "  %-11s  %s: %s", GateResult.Outcome.CANNOT_TELL.words(), String.join(", ", titles), why);
  }

  private void write(GateResult result, TextTable text) {
    String word =
        result.halts() && forced.contains(result.name())
            ? "FORCED"
            : result.halts() ? "STOPPED" : result.outcome().words();
    text.line(
        "  %-11s  %-34s %s (asked: %s; n = %d)",
        word, result.title(), result.value(), result.threshold(), result.n());
    if (!result.passed()) {
      text.line("  %-11s  %-34s %s; %s", "", "", result.meaning(), result.remedy());
    }
  }
}
