package io.arete.rlaif.ppo.formula;

import java.util.Arrays;

/**
 * One rollout's part of a mini-batch's loss, and its derivative by each of the rollout's tokens.
 */
public final class LossTerm {

  private final double loss;
  private final double[] gradient;

  LossTerm(double loss, double[] gradient) {
    this.loss = loss;
    this.gradient = gradient;
  }

  /** The part; the parts of a mini-batch's rollouts add up to its loss. */
  public double loss() {
    return loss;
  }

  /** Another part of the same tokens' loss added to this. */
  public LossTerm plus(LossTerm other) {
    Lengths.require(other.gradient, gradient.length, "other gradient");
    double[] sum = new double[gradient.length];
    Arrays.setAll(sum, t -> gradient[t] + other.gradient[t]);
    return new LossTerm(loss + other.loss, sum);
  }

  /** {@code [tokens]}: dLoss/dLogprob of the policy, or dLoss/dValue of the critic; a copy. */
  public double[] gradient() {
    return gradient.clone();
  }
}
