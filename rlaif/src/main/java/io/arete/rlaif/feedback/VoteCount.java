package io.arete.rlaif.feedback;

import io.arete.engine.Formula;

/**
 * How often sampled replies gave either answer.
 *
 * <p>logOdds = log((a + ½) / (b + ½)). One half added to each count keeps them finite when all
 * replies agree, and makes them the least biased of their kind.
 *
 * @param a replies that gave the first answer
 * @param b replies that gave the second
 */
@Formula(
    paper = "Haldane 1956, The estimation and significance of the logarithm of a ratio",
    eq = "log-odds with one half added")
public record VoteCount(int a, int b) {

  /** Rejects counts below 0. */
  public VoteCount {
    if (a < 0 || b < 0) {
      throw new IllegalArgumentException("counts are " + a + " and " + b + " but must be >= 0");
    }
  }

  /** Log-odds of the first answer, nats; 0 without any vote. */
  public double logOdds() {
    return Math.log((a + 0.5) / (b + 0.5));
  }
}
