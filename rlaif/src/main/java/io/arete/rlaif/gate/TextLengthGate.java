package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** What was cut away from a text, no reward model can judge. */
public final class TextLengthGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "text-length";

  private TextLengthGate() {}

  /**
   * Judges the share of a facet's texts that are at the longest length.
   *
   * @param atMax texts that were cut to it, or left out because they are longer
   * @param texts all of them
   * @param warn a larger share warns
   * @param stop a larger share stops
   */
  public static GateResult of(Facet facet, long atMax, long texts, double warn, double stop) {
    double share = texts == 0 ? 0 : (double) atMax / texts;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%.1f %% of the texts are longer than reward.max_length", 100 * share),
        Text.atMost(warn, stop),
        texts,
        share <= Math.min(warn, stop),
        share > stop,
        "reward models read only a part of what was said or asked",
        "raise reward.max_length, or leave out long prompts (data.max_prompt_tokens)");
  }
}
