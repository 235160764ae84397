package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Interval;

/** Answers that cannot be read are no labels: whoever asked learns nothing, and pays. */
public final class ParseFailureGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "parse-failures";

  private ParseFailureGate() {}

  /**
   * Shares of the pairs.
   *
   * @param warn more warns
   * @param stop more stops, unless the interval reaches down to what would not even warn: one pair
   *     of forty tells little
   */
  public record Bounds(double warn, double stop) {}

  /**
   * Judges the share of pairs with an answer that could not be read.
   *
   * @param interval of the share, 95 %
   * @param bounds what warns and what stops
   */
  public static GateResult of(
      Facet facet, double share, Interval interval, long pairs, Bounds bounds) {
    double warn = Math.min(bounds.warn(), bounds.stop());
    boolean stops = share > bounds.stop() && interval.low() > warn;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "%.1f %% of the pairs have unread answers, 95 %% interval %.1f to %.1f %%",
            100 * share, 100 * interval.low(), 100 * interval.high()),
        Text.atMost(bounds.warn(), bounds.stop()),
        pairs,
        share <= warn,
        stops,
        "the labeler replies with neither of the answers that it may give",
        "change the judge's answers or wording in the constitution, or take another judge");
  }
}
