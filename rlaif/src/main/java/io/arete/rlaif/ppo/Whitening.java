package io.arete.rlaif.ppo;

import io.arete.engine.Formula;
import io.arete.rlaif.stats.Summary;
import java.util.Arrays;
import java.util.List;

/**
 * Shifts and scales the advantages of all tokens of a batch to mean 0 and variance 1.
 *
 * <p>(x − mean) / √(variance + 1e-8), variance with divisor n − 1, over all tokens of all rollouts
 * (not rollout by rollout: that would take their differences away).
 */
@Formula(paper = "TRL, masked_whiten", eq = "shift_mean=True")
public final class Whitening {

  private static final double EPSILON = 1e-8;

  private Whitening() {}

  /** One array for each rollout in and out, lengths as they come; a lone token becomes 0. */
  public static List<double[]> apply(List<double[]> rollouts) {
    double[] all = rollouts.stream().flatMapToDouble(Arrays::stream).toArray();
    if (all.length == 0) {
      return rollouts.stream().map(double[]::clone).toList();
    }
    Summary summary = Summary.of(all);
    double scale = Math.sqrt(summary.sampleSd() * summary.sampleSd() + EPSILON);
    return rollouts.stream()
        .map(row -> Arrays.stream(row).map(x -> (x - summary.mean()) / scale).toArray())
        .toList();
  }
}
