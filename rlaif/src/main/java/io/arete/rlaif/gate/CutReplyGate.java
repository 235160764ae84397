package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/**
 * A reply that was cut off in the middle is judged, trained and scored as if it had been meant so.
 */
public final class CutReplyGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "cut-replies";

  private CutReplyGate() {}

  /**
   * Judges the share of a facet's sampled replies that have no end of turn.
   *
   * @param warn a larger share warns
   * @param stop a larger share stops
   */
  public static GateResult of(Facet facet, long cut, long replies, double warn, double stop) {
    double share = replies == 0 ? 0 : (double) cut / replies;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%.1f %% of the replies were cut off", 100 * share),
        Text.of("at most %.0f %%; more than %.0f %% stops", 100 * warn, 100 * stop),
        replies,
        share <= warn,
        share > stop,
        "labels and rewards are about beginnings of replies, not about replies",
        "raise feedback.max_reply_tokens and ppo.max_reply_tokens, or teach shorter replies (sft)");
  }
}
