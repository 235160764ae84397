package io.arete.rlaif.stats;

import io.arete.engine.CountedRandom;
import io.arete.engine.Formula;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far the mean difference of a recipe could be off, which was trained with several seeds and
 * evaluated on the same prompts each time: seeds and prompts are both drawn.
 *
 * <p>x[s][p] is the difference that seed s makes on prompt p, S seeds and P prompts. Each resample
 * draws S − 1 seeds and, apart from them, P prompts with replacement, and takes the mean over all
 * pairs of the two (drawing both, not prompts anew for every seed: what is hard about a prompt is
 * hard for every seed). S − 1 and not S, because the mean of S draws of S numbers varies less by (S
 * − 1) / S than the mean of S new seeds would, which is a third of it with three.
 *
 * <p>SE = standard deviation of the resampled means. Interval: x̄ ± t SE, t = the (1 + confidence)
 * / 2 quantile of Student's distribution with ν degrees of freedom; ν = SE⁴ / (v² / (S − 1) + (SE²
 * − v)² / (P − 1)), v = variance of the seeds' means / S (Satterthwaite). With three seeds that
 * differ ν is little more than 2, and the interval wide: quantiles of the resampled means could not
 * leave the range of the three.
 *
 * @param meanDifference over all seeds and prompts
 * @param interval of the mean difference
 * @param standardError standard deviation of the resampled means
 * @param betweenSeeds standard deviation of the seeds' own means (ddof 1)
 * @param degreesOfFreedom ν
 * @param seeds how many
 * @param prompts how many
 */
@Formula(
    paper = "Owen 2007, The pigeonhole bootstrap; Satterthwaite 1946",
    eq = "crossed resampling, effective degrees of freedom")
public record HierarchicalBootstrap(
    double meanDifference,
    Interval interval,
    double standardError,
    double betweenSeeds,
    double degreesOfFreedom,
    int seeds,
    int prompts) {

  /** In how many of all studies a true difference shall show. */
  private static final double POWER = 0.8;

  /** Fewer seeds say nothing about others. */
  public static final int LEAST_SEEDS = 3;

  private static final int LEAST_RESAMPLES = 100;

  private static final int MOST_TIMES = 1000;

  /**
   * Resamples.
   *
   * @param differences [seed][prompt], the same prompts in the same order for every seed; at least
   *     three seeds and two prompts
   * @param resamples how often to draw, at least 100
   * @param confidence between 0 and 1, both open
   * @param random the key of this bootstrap: one key, one result
   */
  public static HierarchicalBootstrap of(
      double[][] differences, int resamples, double confidence, CountedRandom random) {
    Require.openUnit(confidence, "confidence");
    int seeds = differences.length;
    if (seeds < LEAST_SEEDS || resamples < LEAST_RESAMPLES) {
      throw new IllegalArgumentException(
          seeds + " seeds and " + resamples + " resamples are fewer than 3 and 100");
    }
    int prompts = differences[0].length;
    double[] bySeed = new double[seeds];
    for (int i = 0; i < seeds; i++) {
      Require.paired(differences[0], differences[i], 2);
      bySeed[i] = Arrays.stream(differences[i]).sum() / prompts;
    }
    double[] resampled = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      resampled[i] = drawnMean(differences, random.at(i));
    }
    Summary overSeeds = Summary.of(bySeed);
    double error = Summary.of(resampled).sampleSd();
    double freedom =
        degreesOfFreedom(error * error, square(overSeeds.sampleSd()) / seeds, seeds, prompts);
    double half =
        error * TDistribution.of(freedom).inverseCumulativeProbability((1 + confidence) / 2);
    return new HierarchicalBootstrap(
        overSeeds.mean(),
        new Interval(overSeeds.mean() - half, overSeeds.mean() + half),
        error,
        overSeeds.sampleSd(),
        freedom,
        seeds,
        prompts);
  }

  /**
   * The smallest true difference that 95 % confidence would show in 80 of 100 such studies: the sum
   * of the 97.5 % and 80 % quantiles of Student's distribution with ν degrees of freedom, in
   * standard errors.
   */
  public double smallestDetectableDifference() {
    return detectable(standardError, degreesOfFreedom);
  }

  /**
   * How many times as many seeds and as many prompts, at least twice, would show a true difference
   * of what was found in 80 of 100 such studies: the variance falls with both numbers alike, and ν
   * grows with them. Empty if a thousand times would not.
   */
  public OptionalInt timesToTell() {
    double variance = square(standardError);
    double ofSeeds = square(betweenSeeds) / seeds;
    return IntStream.rangeClosed(2, MOST_TIMES)
        .filter(
            times ->
                detectable(
                        Math.sqrt(variance / times),
                        degreesOfFreedom(variance, ofSeeds, times * seeds, times * prompts))
                    <= Math.abs(meanDifference))
        .findFirst();
  }

  private static double detectable(double error, double freedom) {
    TDistribution distribution = TDistribution.of(freedom);
    return error
        * (distribution.inverseCumulativeProbability(0.975)
            + distribution.inverseCumulativeProbability(POWER));
  }

  private static double drawnMean(double[][] differences, CountedRandom random) {
    int seeds = differences.length;
    int prompts = differences[0].length;
    int[] drawn = new int[prompts];
    for (int i = 0; i < prompts; i++) {
      drawn[i] = random.below(prompts, i);
    }
    double sum = 0;
    for (int i = 0; i < seeds - 1; i++) {
      double[] own = differences[random.below(seeds, (long) prompts + i)];
      for (int place : drawn) {
        sum += own[place];
      }
    }
    return sum / ((seeds - 1.0) * prompts);
  }

  /** Between S − 1, where only the seeds matter, and P − 1 or more, where only the prompts do. */
  private static double degreesOfFreedom(double variance, double ofSeeds, int seeds, int prompts) {
    double seedPart = Math.min(variance, ofSeeds);
    double rest = variance - seedPart;
    double sum = square(seedPart) / (seeds - 1) + square(rest) / (prompts - 1);
    // Without any variance every number of degrees gives the same interval, of no width.
    return sum > 0 ? Math.max(seeds - 1, square(variance) / sum) : seeds - 1;
  }

  private static double square(double value) {
    return value * value;
  }
}
