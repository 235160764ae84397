package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Interval;

/** Answers that cannot be read are no labels: whoever asked learns nothing, and pays. */
public final class ParseFailureGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "parse-failures";

  /** Of the pairs. */
  private static final double MOST = 0.02;

  private static final double WARNS = 0.005;

  private ParseFailureGate() {}

  /**
   * Judges the share of pairs with an answer that could not be read. More than 0.5 % warns. More
   * than 2 % stops, unless the interval reaches down to what would not even warn: one pair of forty
   * tells little.
   *
   * @param interval of the share, 95 %
   */
  public static GateResult of(Facet facet, double share, Interval interval, long pairs) {
    boolean stops = share > MOST && interval.low() > WARNS;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "%.1f %% of the pairs have unread answers, 95 %% interval %.1f to %.1f %%",
            100 * share, 100 * interval.low(), 100 * interval.high()),
        Text.of("at most %.1f %%; more than %.0f %% stops", 100 * WARNS, 100 * MOST),
        pairs,
        share <= WARNS,
        stops,
        "the labeler replies with neither of the answers that it may give",
        "change the judge's answers or wording in the constitution, or take another judge");
  }
}
