package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;

/**
 * Estimates of KL(policy ‖ reference) from one token that the policy drew.
 *
 * <p>r = reference probability / policy probability of the token; all in nats.
 */
@Formula(paper = "Schulman 2020, Approximating KL Divergence", eq = "k1, k2, k3")
public enum KlEstimator {
  /** −log r: unbiased, may be negative. Its sum over a reply is the reply's estimate. */
  K1 {
    @Override
    public double ofToken(double policyLogprob, double referenceLogprob) {
      return policyLogprob - referenceLogprob;
    }
  },
  /** (log r)² / 2: biased, never negative, low variance. */
  K2 {
    @Override
    public double ofToken(double policyLogprob, double referenceLogprob) {
      double logRatio = referenceLogprob - policyLogprob;
      return logRatio * logRatio / 2;
    }
  },
  /** r − 1 − log r: unbiased, never negative. */
  K3 {
    @Override
    public double ofToken(double policyLogprob, double referenceLogprob) {
      double logRatio = referenceLogprob - policyLogprob;
      return Math.expm1(logRatio) - logRatio;
    }
  };

  /** The estimate of one token, from its two log-probabilities. */
  public abstract double ofToken(double policyLogprob, double referenceLogprob);

  /** The sum over the tokens of one reply; both {@code [tokens]}. */
  public double ofReply(double[] policyLogprobs, double[] referenceLogprobs) {
    Lengths.require(referenceLogprobs, policyLogprobs.length, "referenceLogprobs");
    double sum = 0;
    for (int t = 0; t < policyLogprobs.length; t++) {
      sum += ofToken(policyLogprobs[t], referenceLogprobs[t]);
    }
    return sum;
  }
}
