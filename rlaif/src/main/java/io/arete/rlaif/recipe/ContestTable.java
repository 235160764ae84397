package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.Outcome;

/** What a contest found, as tables. */
public final class ContestTable {

  private static final String ROW = "%-14s %8s %9s %10s  %s";

  private ContestTable() {}

  /** The tables of a summary. */
  public static String text(JsonNode summary) {
    TextTable text = new TextTable();
    text.line(
        "%d prompts, %d conversations of each and system; all differences are from %s",
        summary.path("n").asLong(),
        summary.path("samples").asLong(),
        summary.path("against").asText());
    text.line("");
    if (summary.has("systems_table")) {
      SystemsTableText.scores(summary.path("systems_table"), text);
      text.line("");
    }
    text.line(ROW, "actions of", "words", "cut off", "distinct", "prompts refused");
    String action = Facet.ACTION.wireName();
    for (var entry : summary.path("systems").properties()) {
      JsonNode row = entry.getValue();
      text.line(
          ROW,
          entry.getKey(),
          TextTable.format("%.1f", row.path("words_per_reply").path(action).asDouble()),
          percent(row.path("cut_off_share").path(action)),
          percent(row.path("distinct_share").path(action)),
          TextTable.percent(row.path("refusals")));
    }
    JsonNode judge = summary.path("judge");
    for (var entry : judge.path("systems").properties()) {
      text.line("");
      JudgeTable.rows(
          entry.getValue(), entry.getKey() + " wins (95 %)", judge.path("who").asText(), text);
    }
    if (summary.has("verdicts")) {
      text.line("");
      summary
          .path("verdicts")
          .properties()
          .forEach(
              verdict ->
                  text.line(
                      "%s%s",
                      verdict.getValue().path("sentence").asText(),
                      beside(verdict.getKey(), summary)));
    }
    return text.toString();
  }

  /** Of many comparisons one may shine by chance, so that all but the planned one are adjusted. */
  private static String beside(String system, JsonNode summary) {
    JsonNode p =
        summary
            .path("systems_table")
            .path("outcomes")
            .path(Outcome.PRIMARY.wireName())
            .path("systems")
            .path(system)
            .path("minus_" + summary.path("against").asText())
            .path("p_holm");
    return p.isMissingNode()
        ? ""
        : TextTable.format(
            " (Not the planned comparison, which is with %s: p = %.3f after Holm, over all others.)",
            summary.path("planned").asText(), p.asDouble());
  }

  private static String percent(JsonNode share) {
    return TextTable.format("%.1f %%", 100 * share.asDouble());
  }
}
