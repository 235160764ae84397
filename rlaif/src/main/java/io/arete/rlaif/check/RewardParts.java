package io.arete.rlaif.check;

import io.arete.engine.Formula;
import java.util.Arrays;
import java.util.List;

/**
 * What makes rewards differ: the prompt or the reply, and which part of the reward.
 *
 * <p>Within-prompt sd = √(mean over prompts of the samples' variance, ddof 1); total sd over all
 * samples, ddof 1. A part's share of the variance is cov(part, reward) / var(reward); parts that
 * add up to the reward have shares that add up to 1.
 */
@Formula(paper = "variance decomposition", eq = "cov(part, whole) / var(whole)")
final class RewardParts {

  private RewardParts() {}

  /**
   * Within-prompt sd over total sd; 0 if all rewards are alike.
   *
   * @param rewards of each prompt's samples, at least two each
   */
  static double withinShare(List<double[]> rewards) {
    double within = 0;
    for (double[] samples : rewards) {
      within += covariance(samples, samples) / rewards.size();
    }
    double[] all = rewards.stream().flatMapToDouble(Arrays::stream).toArray();
    double total = covariance(all, all);
    return total == 0 ? 0 : Math.sqrt(within / total);
  }

  /** A part's share of the reward's variance, 0 if that has none. */
  static double share(double[] part, double[] reward) {
    double variance = covariance(reward, reward);
    return variance == 0 ? 0 : covariance(part, reward) / variance;
  }

  private static double covariance(double[] one, double[] other) {
    double meanOne = Arrays.stream(one).average().orElseThrow();
    double meanOther = Arrays.stream(other).average().orElseThrow();
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - meanOne) * (other[i] - meanOther);
    }
    return sum / (one.length - 1);
  }
}
