package io.arete.rlaif.stats;

import io.arete.engine.Formula;

/**
 * How much the vote of one counts who is right in a share a of the cases.
 *
 * <p>w = log(a / (1 − a)), nats, and 0 where the 95 % interval of a does not lie above one half:
 * whoever may be a coin has no vote. For independent voters these weights make the majority's
 * decision the most probable one. So that nobody decides alone for ever, a is taken as at most 1 −
 * 1 / (2 n).
 *
 * @param right how often, 0 to n
 * @param n in how many cases, at least one
 */
@Formula(
    paper = "Nitzan and Paroush 1982, Optimal decision rules in uncertain dichotomous choice",
    eq = "log-odds weights")
public record VoteWeight(int right, int n) {

  /** Rejects counts that are none. */
  public VoteWeight {
    Require.share(right, n, "right");
  }

  /** w, 0 or more. */
  public double value() {
    if (!(Wilson.interval95(right, n).low() > 0.5)) {
      return 0;
    }
    double share = Math.min((double) right / n, 1 - 1 / (2.0 * n));
    return Math.log(share / (1 - share));
  }
}
