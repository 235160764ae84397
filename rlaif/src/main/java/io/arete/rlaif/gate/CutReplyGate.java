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
    if (replies == 0) {
      return GateResult.cannotTell(
          NAME,
          facet.wireName(),
          Text.atMost(warn, stop),
          0,
          "no reply was sampled, and of given texts nobody knows whether they were cut off",
          "see a few of them");
    }
    double share = (double) cut / replies;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%.1f %% of the replies were cut off", 100 * share),
        Text.atMost(warn, stop),
        replies,
        share <= Math.min(warn, stop),
        share > stop,
        "labels and rewards are about beginnings of replies, not about replies",
        "raise feedback.max_reply_tokens and ppo.max_reply_tokens, or teach shorter replies (sft)");
  }
}
