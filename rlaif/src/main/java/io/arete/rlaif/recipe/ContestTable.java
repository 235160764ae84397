package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import java.util.Map;

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
      SystemsTableText.write(summary.path("systems_table"), Map.of(), text);
      text.line("");
    }
    text.line(ROW, "actions of", "words", "cut off", "distinct", "refuse, by their words");
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
          .forEach(verdict -> text.line("%s", verdict.path("sentence").asText()));
    }
    return text.toString();
  }

  private static String percent(JsonNode share) {
    return TextTable.format("%.1f %%", 100 * share.asDouble());
  }
}
