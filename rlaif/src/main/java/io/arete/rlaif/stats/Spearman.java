package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, ties at their mean rank.
 *
 * <p>Interval: tanh(artanh ρ ± z √((1 + ρ²/2) / (n − 3))), z = the normal quantile of (1 +
 * confidence) / 2 (Bonett and Wright 2000, Sample size requirements for estimating Pearson, Kendall
 * and Spearman correlations).
 */
@Formula(paper = "Spearman 1904, The proof and measurement of association", eq = "rho")
public final class Spearman {

  /** Fewer pairs than these have no interval. */
  public static final int LEAST_FOR_INTERVAL = 4;

  private Spearman() {}

  /**
   * The correlation, −1 to 1, of at least two pairs; 0 where one side is constant, since it then
   * orders nothing.
   */
  public static double rho(double[] first, double[] second) {
    Require.paired(first, second, 2);
    NaturalRanking ranking = new NaturalRanking(TiesStrategy.AVERAGE);
    return Pearson.r(ranking.apply(first), ranking.apply(second));
  }

  /** Where the correlation truly lies, at 95 %; n is at least {@link #LEAST_FOR_INTERVAL}. */
  public static Interval interval95(double rho, int n) {
    if (!(rho >= -1 && rho <= 1) || n < LEAST_FOR_INTERVAL) {
      throw new IllegalArgumentException(
          "rho is " + rho + " of " + n + " pairs but must lie in [-1, 1] of 4 or more");
    }
    if (Math.abs(rho) == 1) {
      return new Interval(rho, rho);
    }
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.025);
    double centre = Math.log((1 + rho) / (1 - rho)) / 2;
    double half = z * Math.sqrt((1 + rho * rho / 2) / (n - 3.0));
    return new Interval(Math.tanh(centre - half), Math.tanh(centre + half));
  }
}
