package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Interval;

/** A labeler that agrees with people, or the truth, no more than a coin does cannot teach. */
public final class AgreementGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "agreement";

  private static final double CHANCE = 0.5;

  private AgreementGate() {}

  /**
   * Judges the agreement with labels that are known.
   *
   * @param whom whose labels, such as {@code people}
   * @param interval of the share of agreement, 95 %
   * @param n pairs with both labels
   * @param low what the interval's low end must exceed; a coin has one half
   */
  public static GateResult of(
      Facet facet, String whom, double share, Interval interval, long n, double low) {
    boolean undecided = interval.high() > low;
    boolean worse = interval.high() < CHANCE;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "agreement with %s %.3f, 95 %% interval %.3f to %.3f",
            whom, share, interval.low(), interval.high()),
        Text.of("an interval above %s", low),
        n,
        interval.low() > low,
        true,
        undecided
            ? "so few pairs cannot tell the labeler from one that agrees too little"
            : worse
                ? "the labeler prefers what is worse by the word of " + whom
                : "the labeler agrees too little with " + whom,
        undecided
            ? "compare on more pairs (feedback.calibration_pairs) or take a stronger judge"
            : "take a stronger judge (feedback.judge) or people's pairs (feedback.source: human)");
  }

  /**
   * Judges a labeler that could read none of the pairs whose label is known.
   *
   * @param pairs how many there were
   */
  static GateResult unread(Facet facet, long pairs, double low) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("none of %d pairs with a known answer was read", pairs),
        Text.of("an interval above %s", low),
        0,
        false,
        true,
        "every question is longer than the labeler can read, so nobody knows whom it agrees with",
        "take a judge that reads more (feedback.judge) or shorter prompts"
            + " (data.max_prompt_tokens)");
  }
}
