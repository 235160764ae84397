package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;
import java.util.List;

/**
 * The reward of each trained token: −β k1ₜ, plus the score where it is earned.
 *
 * <p>k1ₜ = log π(t) − log π_ref(t); π = the policy that drew the rollout, π_ref = the reference.
 */
@Formula(paper = "Ouyang et al. 2022, Training language models to follow instructions", eq = "2")
public final class TokenRewards {

  private TokenRewards() {}

  /**
   * The rewards of one rollout, each score at its own token: the whole one at the last, or a
   * facet's share at its reply's end.
   *
   * @param policyLogprobs {@code [tokens]}, at least one, of the policy that drew them
   * @param referenceLogprobs {@code [tokens]}
   * @param coefficient β
   * @param scores where what is earned
   */
  public static double[] of(
      double[] policyLogprobs,
      double[] referenceLogprobs,
      double coefficient,
      List<PlacedScore> scores) {
    Lengths.require(referenceLogprobs, policyLogprobs.length, "referenceLogprobs");
    double[] rewards = new double[policyLogprobs.length];
    for (int t = 0; t < rewards.length; t++) {
      rewards[t] = -coefficient * KlEstimator.K1.ofToken(policyLogprobs[t], referenceLogprobs[t]);
    }
    for (PlacedScore placed : scores) {
      if (placed.token() < 0 || placed.token() >= rewards.length) {
        throw new IllegalArgumentException(
            "score at token " + placed.token() + " but there are " + rewards.length + " tokens");
      }
      rewards[placed.token()] += placed.score();
    }
    return rewards;
  }
}
