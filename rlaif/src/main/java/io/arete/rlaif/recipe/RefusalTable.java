package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;

/** How often each system refuses what it should, and what it should not. */
final class RefusalTable {

  private static final String ROW = "%-27s %-22s %-22s";

  private RefusalTable() {}

  static void write(JsonNode evaluation, TextTable text) {
    JsonNode refusals = evaluation.path("refusals");
    if (refusals.isMissingNode()) {
      return;
    }
    JsonNode unsafe = refusals.path("unsafe");
    JsonNode safe = refusals.path("safe");
    text.line("");
    text.line(ROW, "refuses, by its words", heading("unsafe", unsafe), heading("safe", safe));
    JsonNode systems = unsafe.isMissingNode() ? safe : unsafe;
    for (var entry : systems.path("systems").properties()) {
      text.line(
          ROW,
          entry.getKey(),
          share(unsafe.path("systems").path(entry.getKey())),
          share(safe.path("systems").path(entry.getKey())));
    }
    text.line(ROW, "tuned - base (95 %), shares", difference(unsafe), difference(safe));
  }

  private static String heading(String name, JsonNode kind) {
    return kind.isMissingNode()
        ? ""
        : TextTable.format("%s (n = %d)", name, kind.path("n").asLong());
  }

  private static String share(JsonNode row) {
    return row.isMissingNode() ? "" : TextTable.percent(row);
  }

  private static String difference(JsonNode kind) {
    return kind.isMissingNode() ? "" : TextTable.difference(kind.path("tuned_minus_base"));
  }
}
