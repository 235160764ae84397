package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.Arrays;

/** Pearson's correlation: Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²). */
@Formula(paper = "Pearson 1895, Note on regression and inheritance", eq = "r")
public final class Pearson {

  private Pearson() {}

  /**
   * The correlation, −1 to 1, of at least two pairs; 0 where one side is constant, since it then
   * goes along with nothing.
   */
  public static double r(double[] first, double[] second) {
    Require.paired(first, second, 2);
    double firstMean = Arrays.stream(first).average().orElseThrow();
    double secondMean = Arrays.stream(second).average().orElseThrow();
    double firstSquares = 0;
    double secondSquares = 0;
    double products = 0;
    for (int i = 0; i < first.length; i++) {
      double a = first[i] - firstMean;
      double b = second[i] - secondMean;
      firstSquares += a * a;
      secondSquares += b * b;
      products += a * b;
    }
    double scale = Math.sqrt(firstSquares) * Math.sqrt(secondSquares);
    return scale == 0 ? 0 : Math.max(-1, Math.min(1, products / scale));
  }
}
