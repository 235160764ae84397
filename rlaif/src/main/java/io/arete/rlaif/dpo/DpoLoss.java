package io.arete.rlaif.dpo;

import io.arete.engine.Formula;
import io.arete.rlaif.reward.PairwiseLoss;

/**
 * Loss of DPO of one pair with a soft label.
 *
 * <p>L = −[p log σ(x) + (1 − p) log σ(−x)], x = β (l − l_ref); l = log π(first) − log π(second),
 * the lead of the first conversation over the second, l_ref the reference's. With p = 1 this is the
 * paper's.
 *
 * @param beta β, above 0: how strongly the policy is held to the reference
 */
@Formula(paper = "Rafailov et al. 2023, Direct Preference Optimization", eq = "7")
record DpoLoss(double beta) {

  /** The loss; both leads in nats, p in [0, 1] the probability that the first is better. */
  Term of(double lead, double referenceLead, double p) {
    double reward = beta * (lead - referenceLead);
    PairwiseLoss.PairTerm term = PairwiseLoss.PLAIN.of(reward, 0, p);
    return new Term(term.loss(), beta * term.byFirst(), (reward > 0) == (p > 0.5));
  }

  /**
   * One pair's loss.
   *
   * @param loss nats
   * @param byLead dLoss / d lead
   * @param right whether the policy, against the reference, prefers what the label does
   */
  record Term(double loss, double byLead, boolean right) {}
}
