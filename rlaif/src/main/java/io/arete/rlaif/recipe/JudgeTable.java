package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;

/** How often a system wins in a judge's eyes, asked in both orders. */
final class JudgeTable {

  private static final String ROW = "%-27s %-25s %9s %14s";

  private JudgeTable() {}

  /** The judge of a run, on tuned against base. */
  static void write(JsonNode evaluation, TextTable text) {
    JsonNode judge = evaluation.path("judge");
    if (!judge.isMissingNode()) {
      text.line("");
      rows(judge, "tuned wins (95 %)", judge.path("who").asText(), text);
    }
  }

  /** One comparison. */
  static void rows(JsonNode found, String heading, String who, TextTable text) {
    text.line(ROW, "independent judge", heading, "n prompts", "order decides");
    for (var entry : found.path("facets").properties()) {
      row(entry.getKey(), entry.getValue(), text);
    }
    row("all facets", found.path("all"), text);
    text.line("(the judge is %s)", who);
    if (found.has("sentence")) {
      text.line("%s", found.path("sentence").asText());
    }
  }

  private static void row(String name, JsonNode row, TextTable text) {
    text.line(
        ROW,
        name,
        row.has("win_share") ? share(row) : "could not read them",
        row.path("prompts").asText(),
        row.has("order_decided_share")
            ? TextTable.format("%.0f %%", 100 * row.path("order_decided_share").asDouble())
            : "-");
  }

  private static String share(JsonNode row) {
    return TextTable.format(
        "%.3f (%.3f to %.3f)",
        row.path("win_share").asDouble(), row.path("low").asDouble(), row.path("high").asDouble());
  }
}
