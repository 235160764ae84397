package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/**
 * Replies that grow and grow are the commonest way to please a reward model without being better.
 */
public final class GrowthGate {

  /** Its name in gates.json. */
  public static final String NAME = "reply-growth";

  private GrowthGate() {}

  /**
   * Judges the mean length of a facet's replies.
   *
   * @param first in the first iteration, tokens
   * @param now in the last one
   * @param replies of the last one
   * @param most a larger factor warns
   */
  public static GateResult of(Facet facet, double first, double now, long replies, double most) {
    double factor = first > 0 ? now / first : 1;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("replies have %.1f tokens, %.2f times as many as at first", now, factor),
        Text.of("at most %s times", most),
        replies,
        factor <= most,
        false,
        "length may be what is rewarded",
        "see whether the gain holds among replies of like length, and how pairs differ in length");
  }
}
