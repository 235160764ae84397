package io.arete.rlaif.stats;

import io.arete.engine.Formula;

/**
 * Expected calibration error against probabilities instead of outcomes: Σ_b |Σ_{i in b} (said_i −
 * wanted_i)| / n, over bins of equal width of what was said. Where every wanted probability is 0 or
 * 1 it is that of {@link Reliability}.
 */
@Formula(
    paper = "Guo et al. 2017, On Calibration of Modern Neural Networks, with soft outcomes",
    eq = "5")
public final class SoftCalibration {

  private SoftCalibration() {}

  /**
   * The error, 0 to 1.
   *
   * @param said {@code [cases]} in [0, 1]; at least one
   * @param wanted {@code [cases]} in [0, 1]
   * @param bins how many, at least one
   */
  public static double expectedError(double[] said, double[] wanted, int bins) {
    Require.paired(said, wanted, 1);
    if (bins < 1) {
      throw new IllegalArgumentException("bins is " + bins + " but must be at least 1");
    }
    double[] excess = new double[bins];
    for (int i = 0; i < said.length; i++) {
      if (!(said[i] >= 0 && said[i] <= 1 && wanted[i] >= 0 && wanted[i] <= 1)) {
        throw new IllegalArgumentException(
            "case " + i + " is " + said[i] + " and " + wanted[i] + " but must be from 0 to 1");
      }
      excess[Math.min(bins - 1, (int) (said[i] * bins))] += said[i] - wanted[i];
    }
    double error = 0;
    for (double one : excess) {
      error += Math.abs(one) / said.length;
    }
    return error;
  }
}
