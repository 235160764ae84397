package io.arete.rlaif.stats;

import io.arete.engine.CountedRandom;
import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * How far a mean difference could be off: prompts are drawn again and again with replacement, each
 * keeping both of its numbers.
 *
 * <p>Interval: the (1 ∓ confidence) / 2 quantiles of the resampled mean differences (percentile
 * interval). Standard error: their standard deviation. Several samples of one prompt are averaged
 * first: the prompt is the unit.
 *
 * @param meanDifference mean of second less first
 * @param interval percentile interval of the mean difference
 * @param standardError standard deviation of the resampled mean differences
 * @param n number of prompts
 */
@Formula(
    paper = "Efron and Tibshirani 1993, An Introduction to the Bootstrap",
    eq = "percentile interval, chapter 13")
public record Bootstrap(double meanDifference, Interval interval, double standardError, int n) {

  // 1.96 (5 %, two-sided) + 0.84 (80 % power), in standard errors.
  private static final double DETECTABLE_STANDARD_ERRORS = 2.8;

  /**
   * Resamples {@code second − first} over prompts.
   *
   * @param first one number for each prompt (the base), at least two
   * @param second one for each of the same prompts (the tuned)
   * @param resamples how often to draw, at least 100; 10,000 give ends stable to about 1 % of the
   *     width
   * @param confidence between 0 and 1, both open
   * @param random the key of this bootstrap: one key, one result
   */
  public static Bootstrap ofPairs(
      double[] first, double[] second, int resamples, double confidence, CountedRandom random) {
    Require.paired(first, second, 2);
    Require.openUnit(confidence, "confidence");
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples is " + resamples + " but must be at least 100");
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = second[i] - first[i];
    }
    double[] means = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      means[i] = resampledMean(differences, random.at(i));
    }
    Interval interval =
        new Interval(
            Quartiles.quantile(means, (1 - confidence) / 2),
            Quartiles.quantile(means, (1 + confidence) / 2));
    return new Bootstrap(
        Arrays.stream(differences).average().orElseThrow(),
        interval,
        Summary.of(means).sampleSd(),
        differences.length);
  }

  /** The smallest true difference that 95 % confidence would show in 80 of 100 such studies. */
  public double smallestDetectableDifference() {
    return DETECTABLE_STANDARD_ERRORS * standardError;
  }

  private static double resampledMean(double[] differences, CountedRandom random) {
    double sum = 0;
    for (int i = 0; i < differences.length; i++) {
      sum += differences[random.below(differences.length, i)];
    }
    return sum / differences.length;
  }
}
