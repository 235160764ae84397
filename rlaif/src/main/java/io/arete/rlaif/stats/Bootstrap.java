package io.arete.rlaif.stats;

import io.arete.engine.CountedRandom;
import io.arete.engine.Formula;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far a mean difference could be off: prompts are drawn again and again with replacement, each
 * keeping both of its numbers.
 *
 * <p>Interval: the α' and 1 − α' quantiles of the resampled mean differences, α' = Φ(−√(n / (n −
 * 1)) t), t = the (1 + confidence) / 2 quantile of Student's distribution with n − 1 degrees of
 * freedom (expanded percentile interval; plain percentiles are too narrow for few prompts).
 * Standard error: their standard deviation. Several samples of one prompt are averaged first: the
 * prompt is the unit.
 *
 * @param meanDifference mean of second less first
 * @param interval expanded percentile interval of the mean difference
 * @param standardError standard deviation of the resampled mean differences
 * @param n number of prompts
 */
@Formula(
    paper = "Hesterberg 2015, What Teachers Should Know About the Bootstrap",
    eq = "expanded percentile interval")
public record Bootstrap(double meanDifference, Interval interval, double standardError, int n) {

  // 1.96 (5 %, two-sided) + 0.84 (80 % power), in standard errors.
  private static final double DETECTABLE_STANDARD_ERRORS = 2.8;
  private static final double MOST_PROMPTS = 1e9;

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
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = second[i] - first[i];
    }
    return of(
        differences.length,
        drawn -> Arrays.stream(drawn).mapToDouble(i -> differences[i]).sum() / drawn.length,
        resamples,
        confidence,
        random);
  }

  /**
   * Resamples any difference that is computed from prompts.
   *
   * @param prompts how many there are, at least two
   * @param difference of the prompts that were drawn, by their indices; finite
   */
  public static Bootstrap of(
      int prompts,
      ToDoubleFunction<int[]> difference,
      int resamples,
      double confidence,
      CountedRandom random) {
    Require.openUnit(confidence, "confidence");
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples is " + resamples + " but must be at least 100");
    }
    double[] resampled = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      resampled[i] = difference.applyAsDouble(drawn(prompts, random.at(i)));
    }
    double tail = tail(prompts, confidence);
    return new Bootstrap(
        difference.applyAsDouble(IntStream.range(0, prompts).toArray()),
        new Interval(Quartiles.quantile(resampled, tail), Quartiles.quantile(resampled, 1 - tail)),
        Summary.of(resampled).sampleSd(),
        prompts);
  }

  /** The smallest true difference that 95 % confidence would show in 80 of 100 such studies. */
  public double smallestDetectableDifference() {
    return DETECTABLE_STANDARD_ERRORS * standardError;
  }

  /**
   * About how many prompts would show a true difference of that size in 80 of 100 such studies: n
   * (2.8 se / difference)², at least 2.
   *
   * @return nothing for a difference of 0, or one that would take more than a thousand million
   */
  public OptionalLong promptsThatWouldShow(double difference) {
    double standardErrors = smallestDetectableDifference() / Math.abs(difference);
    double prompts = Math.ceil(n * standardErrors * standardErrors);
    return prompts <= MOST_PROMPTS
        ? OptionalLong.of(Math.max(2, (long) prompts))
        : OptionalLong.empty();
  }

  /** What the interval leaves out at each end. */
  static double tail(int prompts, double confidence) {
    double t = TDistribution.of(prompts - 1).inverseCumulativeProbability((1 + confidence) / 2);
    double expanded = t * Math.sqrt(prompts / (prompts - 1.0));
    return NormalDistribution.of(0, 1).cumulativeProbability(-expanded);
  }

  private static int[] drawn(int prompts, CountedRandom random) {
    int[] drawn = new int[prompts];
    for (int i = 0; i < prompts; i++) {
      drawn[i] = random.below(prompts, i);
    }
    return drawn;
  }
}
