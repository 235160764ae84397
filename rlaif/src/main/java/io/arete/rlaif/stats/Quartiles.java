package io.arete.rlaif.stats;

import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * Five numbers that show how a sample lies: its ends, quartiles and median.
 *
 * <p>Quantile q of n sorted numbers is read at place q (n − 1), linearly between neighbours
 * (Hyndman and Fan's definition 7, numpy's default).
 */
public record Quartiles(double min, double first, double median, double third, double max) {

  private static final Quantile LINEAR =
      Quantile.withDefaults().with(EstimationMethod.HF7).withCopy(true);

  /** The quartiles of finite numbers, at least one. */
  public static Quartiles of(double... values) {
    Require.finite(values, 1, "values");
    double[] q = LINEAR.evaluate(values, 0, 0.25, 0.5, 0.75, 1);
    return new Quartiles(q[0], q[1], q[2], q[3], q[4]);
  }

  /** The quantile of finite numbers at a share between 0 and 1, both included. */
  public static double quantile(double[] values, double share) {
    Require.finite(values, 1, "values");
    return LINEAR.evaluate(values, share);
  }
}
