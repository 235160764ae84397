package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Interval;

/** Where the order of showing decides, the labels say where a reply stood, not how good it is. */
public final class OrderGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "order";

  private static final double MOST = 0.5;

  private OrderGate() {}

  /**
   * Judges the share of pairs on which the two orders of showing prefer different replies. More
   * than half of the pairs at hand warns; it stops where the whole interval lies above half.
   *
   * @param interval of the share, 95 %
   */
  public static GateResult of(Facet facet, double share, Interval interval, long pairs) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "the order decided %.1f %% of the pairs, 95 %% interval %.1f to %.1f %%",
            100 * share, 100 * interval.low(), 100 * interval.high()),
        Text.of("at most %.0f %%", 100 * MOST),
        pairs,
        share <= MOST,
        interval.low() > MOST,
        "the labeler looks at the position more than at the reply",
        "take a stronger judge (feedback.judge) or people's pairs (feedback.source: human)");
  }
}
