package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.sft.OrdinaryReplies;
import io.arete.rlaif.training.Trainee;

/**
 * Ordinary replies in the policy's steps, so that it does not forget them: PPO-ptx of Ouyang et al.
 * 2022, with fine-tuning data in the place of pretraining data.
 *
 * @param replies what is mixed in
 * @param ptx how much of it
 * @param tokensPerPass the most distinct tokens of a pass
 * @param draws key of their order
 */
record Mixture(
    OrdinaryReplies replies, PpoSection.Ptx ptx, int tokensPerPass, CountedRandom draws) {

  /**
   * Adds the gradients of a step's ordinary replies to those that were collected.
   *
   * @param step of the run, from 0
   * @return their mean loss, nats a token, without its weight
   */
  double collect(Trainee policy, long step) {
    return policy
        .learn(
            replies.passes(
                step, ptx.batchSize(), ptx.coefficient(), tokensPerPass, policy.lanes(), draws))
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }
}
