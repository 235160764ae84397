package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;

/** How long a run's texts are, for people. */
public final class LengthTable {

  private LengthTable() {}

  /**
   * As a table.
   *
   * @param lengths what lengths.json says
   * @param gigaflops the machine's speed, which makes times of operations
   */
  public static String text(JsonNode lengths, double gigaflops) {
    TextTable text = new TextTable();
    RewardTable.writeLengths(lengths, text);
    text.line(
        "Memory and operations are reckoned by formula (docs/memory.md). At %.0f GFLOP a second,"
            + " measured now on products of matrices,",
        gigaflops);
    text.line("a step takes at least:");
    for (JsonNode row : lengths.path("lengths")) {
      text.line(
          "%-14d %.3f s",
          row.path("max_length").asInt(), row.path("flop_per_step").asDouble() / 1e9 / gigaflops);
    }
    return text.toString();
  }
}
