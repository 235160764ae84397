package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Interval;

/** Where the order of showing decides, the labels say where a reply stood, not how good it is. */
public final class OrderGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "order";

  private OrderGate() {}

  /**
   * Judges the share of pairs on which the two orders of showing prefer different replies.
   *
   * @param interval of the share, 95 %
   * @param most a larger share warns, and stops where the whole interval lies above
   */
  public static GateResult of(
      Facet facet, double share, Interval interval, long pairs, double most) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "the order decided %.1f %% of the pairs, 95 %% interval %.1f to %.1f %%",
            100 * share, 100 * interval.low(), 100 * interval.high()),
        "at most " + Text.percent(most),
        pairs,
        share <= most,
        interval.low() > most,
        "the labeler looks at the position more than at the reply",
        "take a stronger judge (feedback.judge) or people's pairs (feedback.source: human)");
  }
}
