package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;

/**
 * The divergence from the reference as a part of the policy's loss.
 *
 * <p>L = β Σₜ k3ₜ / N; k3ₜ = r − 1 − log r, r = π_ref / π of the token, N = tokens of the
 * mini-batch. dL/d log πₜ = β (1 − r) / N.
 *
 * @param coefficient β, 0 or more
 */
@Formula(paper = "Shao et al. 2024, DeepSeekMath (GRPO)", eq = "4")
public record ReferencePenalty(double coefficient) {

  /** Rejects a negative β. */
  public ReferencePenalty {
    if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
      throw new IllegalArgumentException(
          "reference penalty is " + coefficient + " but must be 0 or more");
    }
  }

  /**
   * The penalty.
   *
   * @param newLogprobs {@code [tokens]} of the policy being trained
   * @param referenceLogprobs {@code [tokens]}
   * @param miniBatchTokens N
   */
  public LossTerm of(double[] newLogprobs, double[] referenceLogprobs, long miniBatchTokens) {
    double loss = coefficient * KlEstimator.K3.ofReply(newLogprobs, referenceLogprobs);
    double[] gradient = new double[newLogprobs.length];
    for (int t = 0; t < gradient.length; t++) {
      double logRatio = referenceLogprobs[t] - newLogprobs[t];
      gradient[t] = -coefficient * Math.expm1(logRatio) / miniBatchTokens;
    }
    return new LossTerm(loss / miniBatchTokens, gradient);
  }
}
