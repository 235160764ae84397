package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** A policy that no longer ends its replies runs into the longest length, and is scored there. */
public final class CutOffGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "cut-off";

  private CutOffGate() {}

  /**
   * Judges the share of a facet's replies without an end of turn.
   *
   * @param first in the first iteration
   * @param now in the last one
   * @param replies of the last one
   * @param warn an increase of more than that warns
   * @param stop an increase of more than that stops
   */
  public static GateResult of(
      Facet facet, double first, double now, long replies, double warn, double stop) {
    double more = now - first;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%.0f %% of the replies were cut off, at first %.0f %%", 100 * now, 100 * first),
        Text.of("at most %.0f points more; over %.0f more stops", 100 * warn, 100 * stop),
        replies,
        more <= warn,
        more > stop,
        "the policy has unlearned to end its replies",
        "raise ppo.missing_end_penalty and ppo.max_reply_tokens, or lower the learning rate");
  }
}
