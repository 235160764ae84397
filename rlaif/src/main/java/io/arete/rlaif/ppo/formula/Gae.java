package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;

/**
 * Generalized advantage estimation along the trained tokens of one rollout.
 *
 * <p>δₜ = rₜ + γ V₍ₜ₊₁₎ − Vₜ and Aₜ = δₜ + γ λ A₍ₜ₊₁₎, both 0 after the last token (a rollout ends
 * there, nothing is bootstrapped). At λ = 0, Aₜ = δₜ; at λ = 1, Aₜ is the discounted sum of the
 * rewards to come, less Vₜ.
 *
 * @param gamma γ, discount of a token, 0 to 1
 * @param lambda λ, 0 (low variance) to 1 (no bias from the critic)
 */
@Formula(paper = "Schulman et al. 2016, High-Dimensional Continuous Control Using GAE", eq = "16")
public record Gae(double gamma, double lambda) {

  /** Rejects γ or λ outside of [0, 1]. */
  public Gae {
    if (!(gamma >= 0 && gamma <= 1) || !(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException(
          "gamma is " + gamma + " and lambda " + lambda + " but both must lie in [0, 1]");
    }
  }

  /**
   * Advantages {@code [tokens]} from rewards {@code [tokens]} and critic values {@code [tokens]}.
   */
  public double[] advantages(double[] rewards, double[] values) {
    Lengths.require(values, rewards.length, "values");
    double[] advantages = new double[rewards.length];
    double nextValue = 0;
    double nextAdvantage = 0;
    for (int t = rewards.length - 1; t >= 0; t--) {
      double error = rewards[t] + gamma * nextValue - values[t];
      nextAdvantage = error + gamma * lambda * nextAdvantage;
      advantages[t] = nextAdvantage;
      nextValue = values[t];
    }
    return advantages;
  }

  /** The critic's targets {@code [tokens]}: advantage plus value, taken before whitening. */
  public static double[] returns(double[] advantages, double[] values) {
    Lengths.require(values, advantages.length, "values");
    double[] returns = new double[advantages.length];
    for (int t = 0; t < returns.length; t++) {
      returns[t] = advantages[t] + values[t];
    }
    return returns;
  }
}
