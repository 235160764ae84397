package io.arete.rlaif.ppo;

import io.arete.rlaif.ppo.formula.Gae;
import io.arete.rlaif.ppo.formula.GroupRelative;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.ppo.formula.LeaveOneOut;
import io.arete.rlaif.ppo.formula.ReferencePenalty;
import io.arete.rlaif.ppo.formula.TokenRewards;
import io.arete.rlaif.stats.Summary;
import io.arete.rlaif.text.TrainedTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one round learns from: its rollouts, and numbers over the trained tokens of each, {@code
 * [tokens]}.
 *
 * @param policyLogprobs of the policy that drew the rollouts: the old ones of every ratio
 * @param referenceLogprobs of the reference
 * @param critic what the critic learns, where there is one
 * @param advantages as the policy's loss takes them
 * @param unwhitened the advantages of all tokens before they were whitened
 * @param penalty the divergence from the reference, as far as it is a part of the loss
 */
record Round(
    List<Rollout> rollouts,
    List<double[]> policyLogprobs,
    List<double[]> referenceLogprobs,
    Optional<CriticTargets> critic,
    List<double[]> advantages,
    Summary unwhitened,
    ReferencePenalty penalty) {

  private static final ReferencePenalty IN_THE_REWARD = new ReferencePenalty(0);

  /**
   * Rewards and advantages of a round.
   *
   * @param values before each trained token, by the critic, where there is one
   * @param coefficient β of this round
   */
  static Round of(
      List<Rollout> rollouts,
      List<double[]> policyLogprobs,
      List<double[]> referenceLogprobs,
      Optional<List<double[]>> values,
      PpoFormulas formulas,
      double coefficient) {
    List<double[]> rewards = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      rewards.add(
          TokenRewards.of(
              policyLogprobs.get(i),
              referenceLogprobs.get(i),
              coefficient,
              formulas.placed(rollouts.get(i))));
    }
    Learnt learnt =
        switch (formulas.algorithm()) {
          case PPO -> Learnt.byCritic(formulas.scaled(rewards), values.orElseThrow(), formulas);
          case RLOO -> Learnt.leavingOneOut(rollouts, rewards);
          case GRPO -> Learnt.inGroups(rollouts, formulas, coefficient);
          case DPO -> throw new IllegalArgumentException("DPO learns from no rollouts");
        };
    return new Round(
        rollouts,
        policyLogprobs,
        referenceLogprobs,
        learnt.critic(),
        learnt.advantages(),
        learnt.unwhitened(),
        learnt.penalty());
  }

  /** What the algorithms make of rewards, each in its way. */
  private record Learnt(
      Optional<CriticTargets> critic,
      List<double[]> advantages,
      Summary unwhitened,
      ReferencePenalty penalty) {

    private static Summary summary(List<double[]> advantages) {
      return Summary.of(advantages.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    private static Learnt ofGroups(List<double[]> advantages, ReferencePenalty penalty) {
      return new Learnt(Optional.empty(), advantages, summary(advantages), penalty);
    }

    static Learnt byCritic(List<double[]> rewards, List<double[]> values, PpoFormulas formulas) {
      List<double[]> advantages = new ArrayList<>();
      List<double[]> returns = new ArrayList<>();
      for (int i = 0; i < rewards.size(); i++) {
        double[] ofRollout = formulas.advantages(rewards.get(i), values.get(i));
        advantages.add(ofRollout);
        returns.add(Gae.returns(ofRollout, values.get(i)));
      }
      return new Learnt(
          Optional.of(new CriticTargets(values, returns)),
          formulas.whitened(advantages),
          summary(advantages),
          IN_THE_REWARD);
    }

    static Learnt leavingOneOut(List<Rollout> rollouts, List<double[]> rewards) {
      double[] returns = rewards.stream().mapToDouble(row -> Arrays.stream(row).sum()).toArray();
      return ofGroups(
          PromptGroups.advantages(rollouts, returns, LeaveOneOut::advantages), IN_THE_REWARD);
    }

    static Learnt inGroups(List<Rollout> rollouts, PpoFormulas formulas, double coefficient) {
      double[] scores = rollouts.stream().mapToDouble(formulas::rewarded).toArray();
      return ofGroups(
          PromptGroups.advantages(rollouts, scores, GroupRelative::advantages),
          new ReferencePenalty(coefficient));
    }
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
