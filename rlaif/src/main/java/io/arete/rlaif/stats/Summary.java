package io.arete.rlaif.stats;

import java.util.EnumSet;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * Mean and spread of a sample.
 *
 * @param n how many numbers, at least 1
 * @param mean their mean
 * @param populationSd standard deviation with divisor n (ddof 0)
 * @param sampleSd standard deviation with divisor n − 1 (ddof 1); 0 for one number
 */
public record Summary(int n, double mean, double populationSd, double sampleSd) {

  /** Summarises finite numbers, at least one. */
  public static Summary of(double... values) {
    Require.finite(values, 1, "values");
    int n = values.length;
    DoubleStatistics statistics =
        DoubleStatistics.of(EnumSet.of(Statistic.MEAN, Statistic.VARIANCE), values);
    double sampleVariance = n == 1 ? 0 : statistics.getAsDouble(Statistic.VARIANCE);
    return new Summary(
        n,
        statistics.getAsDouble(Statistic.MEAN),
        Math.sqrt(sampleVariance * (n - 1) / n),
        Math.sqrt(sampleVariance));
  }
}
