package io.arete.rlaif.ppo;

/**
 * How an iteration's update went.
 *
 * @param steps optimizer steps taken
 * @param stoppedEarly whether the divergence ended the update before its last step
 * @param divergence mean k3 of the new against the rollout policy in the last mini-batch looked at,
 *     before its step; nats a token
 * @param policyLoss mean over the steps
 * @param valueLoss mean over the steps, without its weight
 * @param policyGradientNorm mean over the steps, before the clip
 * @param criticGradientNorm mean over the steps, before the clip
 * @param ratios of all mini-batches looked at; has the share of clipped tokens
 */
public record UpdateHealth(
    int steps,
    boolean stoppedEarly,
    double divergence,
    double policyLoss,
    double valueLoss,
    double policyGradientNorm,
    double criticGradientNorm,
    RatioStats ratios) {}
