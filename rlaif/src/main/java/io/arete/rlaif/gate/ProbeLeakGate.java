package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Wilson;
import java.util.Arrays;

/** Shuffled labels carry nothing; who is right with them reads the answer from somewhere else. */
public final class ProbeLeakGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "probe-leak";

  private static final int FEWEST = 50;

  private ProbeLeakGate() {}

  /**
   * Judges the mean over the shuffles of how many held-out pairs were right.
   *
   * @param n held-out pairs
   */
  public static GateResult of(Facet facet, int[] shuffled, int n) {
    String threshold = "an interval that reaches down to 0.5";
    if (n < FEWEST || shuffled.length == 0) {
      return GateResult.cannotTell(
          NAME,
          facet.wireName(),
          threshold,
          n,
          Text.of("chance itself is too wide on fewer than %d held-out pairs", FEWEST),
          "give more pairs, or a larger data.watch_share");
    }
    int mean = (int) Math.floor(Arrays.stream(shuffled).average().orElseThrow());
    double low = Wilson.interval95(mean, n).low();
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("with shuffled labels %.3f are right, low end %.3f", (double) mean / n, low),
        threshold,
        n,
        low <= 0.5,
        true,
        "something beside the labels tells which text is preferred, such as its place or source",
        "see that chosen and rejected texts come from the same writers, in an order that is drawn");
  }
}
