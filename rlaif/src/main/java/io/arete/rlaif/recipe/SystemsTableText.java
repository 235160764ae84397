package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.Outcome;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All systems of an evaluation, a line each. */
final class SystemsTableText {

  private static final String ROW = "%-14s %-25s %-25s %7s %7s %7s";
  private static final String JUDGED_ROW = "%-14s %-33s  %s";

  private static final SortedMap<String, String> JUDGES =
      new TreeMap<>(Map.of("worth", "true worth", "verdict_reward_model", "verdict model"));

  private SystemsTableText() {}

  /** Writes the table where there are more systems than the tables above show. */
  static void write(JsonNode evaluation, TextTable text) {
    JsonNode table = evaluation.path("systems_table");
    JsonNode primary = table.path("outcomes").path(Outcome.PRIMARY.wireName());
    boolean more =
        primary.path("systems").has(TestedSystem.BASE_RULES.wireName())
            || primary.path("systems").has(TestedSystem.BEST_OF_N.wireName())
            || primary.path("systems").has(TestedSystem.TUNED_RULES.wireName());
    if (!more) {
      return;
    }
    text.line("");
    scores(table, text);
    judges(table, text);
    if (primary.path("systems").has(TestedSystem.BEST_OF_N.wireName())) {
      text.line(
          "(%s: its score is what picked it, so that the score does not judge it)",
          TestedSystem.BEST_OF_N.wireName());
    }
  }

  /** Writes any such table's scores. */
  static void scores(JsonNode table, TextTable text) {
    String against = table.path("against").asText();
    JsonNode outcomes = table.path("outcomes");
    JsonNode primary = outcomes.path(Outcome.PRIMARY.wireName());
    text.line(
        ROW,
        "system",
        TextTable.format("score (n = %d)", primary.path("n").asLong()),
        "less " + against + " (95 %)",
        "action",
        "motiv.",
        "conseq.");
    for (var entry : primary.path("systems").properties()) {
      String system = entry.getKey();
      text.line(
          ROW,
          system,
          mean(entry.getValue()),
          difference(entry.getValue(), against),
          facet(outcomes, Facet.ACTION, system),
          facet(outcomes, Facet.MOTIVATION, system),
          facet(outcomes, Facet.CONSEQUENCES, system));
    }
  }

  /** What those say who picked and rewarded nothing. */
  private static void judges(JsonNode table, TextTable text) {
    String against = table.path("against").asText();
    JsonNode outcomes = table.path("outcomes");
    List<String> judges = JUDGES.keySet().stream().filter(outcomes::has).toList();
    if (judges.isEmpty()) {
      return;
    }
    text.line("");
    List<String> titles =
        judges.stream().map(one -> JUDGES.get(one) + ", less " + against).toList();
    text.line(JUDGED_ROW, "system", titles.get(0), titles.size() > 1 ? titles.get(1) : "");
    for (var entry : outcomes.path(judges.get(0)).path("systems").properties()) {
      List<String> said =
          judges.stream()
              .map(one -> judged(outcomes.path(one).path("systems").path(entry.getKey()), against))
              .toList();
      text.line(JUDGED_ROW, entry.getKey(), said.get(0), said.size() > 1 ? said.get(1) : "");
    }
  }

  private static String judged(JsonNode row, String against) {
    return TextTable.number(row.path("mean").path("mean")) + "  " + difference(row, against);
  }

  private static String mean(JsonNode row) {
    JsonNode mean = row.path("mean");
    return TextTable.format(
        "%.3f (%.3f to %.3f)",
        mean.path("mean").asDouble(), mean.path("low").asDouble(), mean.path("high").asDouble());
  }

  private static String difference(JsonNode row, String against) {
    JsonNode difference = row.path("minus_" + against);
    return difference.isMissingNode() ? "" : TextTable.difference(difference);
  }

  private static String facet(JsonNode outcomes, Facet facet, String system) {
    return TextTable.number(
        outcomes.path(facet.wireName()).path("systems").path(system).path("mean").path("mean"));
  }
}
