package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;
import io.arete.rlaif.stats.Summary;
import java.util.Arrays;
import java.util.List;

/**
 * Shifts and scales numbers of all tokens of a batch to mean 0 and variance 1.
 *
 * <p>(x − mean) / √(variance + 1e-8), variance with divisor n − 1, over all tokens of all rollouts
 * (not rollout by rollout: that would take their differences away). Where only the scale shall
 * change, the mean is added again.
 */
@Formula(paper = "TRL, masked_whiten", eq = "shift_mean=True, shift_mean=False")
public final class Whitening {

  private static final double EPSILON = 1e-8;

  private Whitening() {}

  /**
   * To mean 0 and variance 1, as advantages are: one array for each rollout in and out, lengths as
   * they come; a lone token becomes 0.
   */
  public static List<double[]> apply(List<double[]> rollouts) {
    return apply(rollouts, 0);
  }

  /** To variance 1 with the mean kept, as rewards are; a lone token stays as it is. */
  public static List<double[]> scale(List<double[]> rollouts) {
    return apply(rollouts, 1);
  }

  private static List<double[]> apply(List<double[]> rollouts, double meanKept) {
    double[] all = rollouts.stream().flatMapToDouble(Arrays::stream).toArray();
    if (all.length == 0) {
      return rollouts.stream().map(double[]::clone).toList();
    }
    Summary summary = Summary.of(all);
    double scale = Math.sqrt(summary.sampleSd() * summary.sampleSd() + EPSILON);
    double kept = meanKept * summary.mean();
    return rollouts.stream()
        .map(row -> Arrays.stream(row).map(x -> (x - summary.mean()) / scale + kept).toArray())
        .toList();
  }
}
