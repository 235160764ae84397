package io.arete.rlaif.ppo;

import java.util.ArrayList;
import java.util.List;

/**
 * What one round learns from: its rollouts, and numbers over the trained tokens of each, {@code
 * [tokens]}.
 *
 * @param policyLogprobs of the policy that drew the rollouts: the old ones of every ratio
 * @param referenceLogprobs of the reference
 * @param values of the critic before the update
 * @param returns the critic's targets
 * @param advantages as the policy's loss takes them
 */
record Round(
    List<Rollout> rollouts,
    List<double[]> policyLogprobs,
    List<double[]> referenceLogprobs,
    List<double[]> values,
    List<double[]> returns,
    List<double[]> advantages) {

  /**
   * Rewards, advantages and returns of a round.
   *
   * @param coefficient β of this round
   */
  static Round of(
      List<Rollout> rollouts,
      List<double[]> policyLogprobs,
      List<double[]> referenceLogprobs,
      List<double[]> values,
      PpoFormulas formulas,
      double coefficient) {
    List<double[]> advantages = new ArrayList<>();
    List<double[]> returns = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      double[] rewards =
          TokenRewards.of(
              policyLogprobs.get(i),
              referenceLogprobs.get(i),
              coefficient,
              formulas.placed(rollouts.get(i)));
      double[] ofRollout = formulas.advantages(rewards, values.get(i));
      advantages.add(ofRollout);
      returns.add(Gae.returns(ofRollout, values.get(i)));
    }
    return new Round(
        rollouts,
        policyLogprobs,
        referenceLogprobs,
        values,
        returns,
        formulas.whitened(advantages));
  }

  /** A divergence estimate of each trained reply, summed over its tokens, in nats. */
  double[] perReply(KlEstimator estimator) {
    List<Double> estimates = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      TrainedTokens tokens = rollouts.get(i).tokens();
      List<double[]> policy = tokens.byReply(policyLogprobs.get(i));
      List<double[]> reference = tokens.byReply(referenceLogprobs.get(i));
      for (int reply = 0; reply < policy.size(); reply++) {
        estimates.add(estimator.ofReply(policy.get(reply), reference.get(reply)));
      }
    }
    return estimates.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Trained tokens of some of the rollouts. */
  long tokens(List<Integer> members) {
    return members.stream().mapToLong(i -> rollouts.get(i).tokens().count()).sum();
  }
}
