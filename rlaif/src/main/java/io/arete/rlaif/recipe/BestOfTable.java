package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.bestof.Chooser;

/** What choosing among more replies brings, as a table. */
public final class BestOfTable {

  private static final String ROW = "%-14s %3s  %-34s  %s";

  private BestOfTable() {}

  /** The table of a summary. */
  public static String text(JsonNode summary) {
    TextTable text = new TextTable();
    text.line(
        "Best of n replies to %d watch prompts by the model before PPO: mean, more than one (95 %%)",
        summary.path("prompts").asInt());
    text.line("");
    text.line(
        ROW,
        "chosen by",
        "n",
        "ensemble's score",
        summary.path("prompts_of_known_worth").asInt() > 1
            ? "true worth, from -1 to 1"
            : "(true worth: unknown here)");
    for (Chooser chooser : Chooser.values()) {
      for (var row : summary.path("choosers").path(chooser.wireName()).properties()) {
        text.line(
            ROW,
            chooser.wireName(),
            row.getKey(),
            cell(row.getKey(), row.getValue().path("score")),
            cell(row.getKey(), row.getValue().path("worth")));
      }
    }
    text.line("");
    text.line("The ensemble is the %s.", summary.path("ensemble").asText());
    return text.toString();
  }

  private static String cell(String n, JsonNode cell) {
    if (cell.isMissingNode()) {
      return "-";
    }
    String mean = TextTable.format("%+.3f", cell.path("mean").asDouble());
    return n.equals("1") ? mean : mean + ", " + TextTable.difference(cell);
  }
}
