package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.Outcome;
import java.util.Map;

/** All systems of an evaluation, a line each. */
final class SystemsTableText {

  private static final String ROW = "%-14s %-25s %-25s %7s %7s %7s  %s";

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
    write(table, Map.of("worth", "true worth", "verdict_reward_model", "verdict model"), text);
    if (primary.path("systems").has(TestedSystem.BEST_OF_N.wireName())) {
      text.line(
          "(%s: the score is what picked, so it does not judge; the last column does)",
          TestedSystem.BEST_OF_N.wireName());
    }
  }

  /**
   * Writes any such table.
   *
   * @param judges outcomes that stand in a table of their own, with their names for people
   */
  static void write(JsonNode table, Map<String, String> judges, TextTable text) {
    String against = table.path("against").asText();
    JsonNode outcomes = table.path("outcomes");
    JsonNode primary = outcomes.path(Outcome.PRIMARY.wireName());
    String judge =
        judges.keySet().stream().filter(outcomes::has).sorted().reduce((a, b) -> b).orElse("");
    text.line(
        ROW,
        "system",
        TextTable.format("score (n = %d)", primary.path("n").asLong()),
        "less " + against + " (95 %)",
        "action",
        "motiv.",
        "conseq.",
        judge.isEmpty() ? "" : judges.get(judge) + ", less " + against);
    for (var entry : primary.path("systems").properties()) {
      String system = entry.getKey();
      text.line(
          ROW,
          system,
          mean(entry.getValue()),
          difference(entry.getValue(), against),
          facet(outcomes, Facet.ACTION, system),
          facet(outcomes, Facet.MOTIVATION, system),
          facet(outcomes, Facet.CONSEQUENCES, system),
          judge.isEmpty()
              ? ""
              : judged(outcomes.path(judge).path("systems").path(system), against));
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
