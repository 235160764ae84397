package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Interval for a share, from the number of successes in n independent trials.
 *
 * <p>(s + z²/2 ± z √(s (n − s) / n + z²/4)) / (n + z²); s = successes, z = the normal quantile of
 * (1 + confidence) / 2. It never leaves [0, 1] and does not collapse at s = 0 or s = n.
 */
@Formula(paper = "Wilson 1927, Probable inference, JASA 22", eq = "score interval")
public final class Wilson {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Wilson() {}

  /** The interval at 95 %. */
  public static Interval interval95(int successes, int n) {
    return interval(successes, n, 0.95);
  }

  /** The interval at a confidence between 0 and 1 (both open); n is positive. */
  public static Interval interval(int successes, int n, double confidence) {
    Require.share(successes, n, "successes");
    Require.openUnit(confidence, "confidence");
    double z = NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
    double failures = (double) n - successes;
    double centre = successes + z * z / 2;
    double half = z * Math.sqrt(successes * failures / n + z * z / 4);
    double scale = n + z * z;
    // At the edges rounding may step over 0 or 1 by an ulp.
    return new Interval(
        successes == 0 ? 0 : (centre - half) / scale, successes == n ? 1 : (centre + half) / scale);
  }
}
