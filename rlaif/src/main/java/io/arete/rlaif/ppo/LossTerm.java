package io.arete.rlaif.ppo;

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

  /** {@code [tokens]}: dLoss/dLogprob of the policy, or dLoss/dValue of the critic; a copy. */
  public double[] gradient() {
    return gradient.clone();
  }
}
