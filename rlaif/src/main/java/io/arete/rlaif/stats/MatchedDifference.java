package io.arete.rlaif.stats;

import io.arete.engine.CountedRandom;
import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * How much of a paired difference is left where the two do not differ in something else, such as
 * length.
 *
 * <p>dᵢ = a + b lᵢ + error, by least squares over prompts; d = difference of the outcome, l =
 * difference of the other, a = the difference at l = 0. Where l is the same for all prompts, a is
 * the mean of d.
 */
@Formula(paper = "Cochran 1957, Analysis of covariance: its nature and uses", eq = "adjusted mean")
public final class MatchedDifference {

  private MatchedDifference() {}

  /**
   * The difference at equal lengths, with its bootstrap over prompts.
   *
   * @param outcome {@code [prompts]}: differences of the outcome, at least two
   * @param other {@code [prompts]}: differences of what is held equal
   */
  public static Bootstrap of(
      double[] outcome, double[] other, int resamples, double confidence, CountedRandom random) {
    Require.paired(outcome, other, 2);
    return Bootstrap.of(
        outcome.length, drawn -> intercept(outcome, other, drawn), resamples, confidence, random);
  }

  private static double intercept(double[] outcome, double[] other, int[] drawn) {
    double outcomeMean = Arrays.stream(drawn).mapToDouble(i -> outcome[i]).sum() / drawn.length;
    if (Arrays.stream(drawn).allMatch(i -> other[i] == other[drawn[0]])) {
      return outcomeMean;
    }
    double otherMean = Arrays.stream(drawn).mapToDouble(i -> other[i]).sum() / drawn.length;
    double covariance = 0;
    double variance = 0;
    for (int i : drawn) {
      covariance += (outcome[i] - outcomeMean) * (other[i] - otherMean);
      variance += (other[i] - otherMean) * (other[i] - otherMean);
    }
    return outcomeMean - covariance / variance * otherMean;
  }
}
