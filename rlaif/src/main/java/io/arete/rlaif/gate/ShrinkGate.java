package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** Short replies please a reward model that people's taste for short ones has taught. */
public final class ShrinkGate {

  /** Its name in gates.json. */
  public static final String NAME = "reply-shrink";

  private ShrinkGate() {}

  /**
   * Judges the mean length of a facet's replies.
   *
   * @param first in the first iteration, tokens
   * @param now in the last one
   * @param replies of the last one
   * @param least a smaller factor warns
   */
  public static GateResult of(Facet facet, double first, double now, long replies, double least) {
    double factor = first > 0 ? now / first : 1;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("replies have %.1f tokens, %.2f times as many as at first", now, factor),
        Text.of("at least %s times", least),
        replies,
        factor >= least,
        false,
        "shortness may be what is rewarded",
        "see whether the gain holds among replies of like length, and how the reward models do on"
            + " pairs of like length");
  }
}
