package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** Spearman's rank correlation: Pearson's correlation of the ranks, ties at their mean rank. */
@Formula(paper = "Spearman 1904, The proof and measurement of association", eq = "rho")
public final class Spearman {

  private Spearman() {}

  /**
   * The correlation, −1 to 1, of at least two pairs; 0 where one side is constant, since it then
   * orders nothing.
   */
  public static double rho(double[] first, double[] second) {
    Require.paired(first, second, 2);
    NaturalRanking ranking = new NaturalRanking(TiesStrategy.AVERAGE);
    double[] firstRanks = ranking.apply(first);
    double[] secondRanks = ranking.apply(second);
    double meanRank = (first.length + 1) / 2.0;
    double firstSquares = 0;
    double secondSquares = 0;
    double products = 0;
    for (int i = 0; i < firstRanks.length; i++) {
      double a = firstRanks[i] - meanRank;
      double b = secondRanks[i] - meanRank;
      firstSquares += a * a;
      secondSquares += b * b;
      products += a * b;
    }
    double scale = Math.sqrt(firstSquares) * Math.sqrt(secondSquares);
    return scale == 0 ? 0 : products / scale;
  }
}
