package io.arete.rlaif.ppo;

import io.arete.rlaif.ppo.formula.RatioStats;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an iteration's update went.
 *
 * @param steps optimizer steps taken
 * @param stoppedEarly whether the divergence ended the update before its last step
 * @param divergence mean k3 of the new against the rollout policy in the last mini-batch looked at,
 *     before its step; nats a token
 * @param policyLoss mean over the steps
 * @param policyGradientNorm mean over the steps, before the clip
 * @param learningRate of the policy's last step; 0 without one
 * @param ordinaryLoss mean loss of ordinary replies over the steps, nats a token, where they are
 *     mixed in
 * @param critic means over the steps, where there is a critic
 * @param ratios of all mini-batches looked at; has the share of clipped tokens
 */
public record UpdateHealth(
    int steps,
    boolean stoppedEarly,
    double divergence,
    double policyLoss,
    double policyGradientNorm,
    double learningRate,
    OptionalDouble ordinaryLoss,
    Optional<CriticHealth> critic,
    RatioStats ratios) {

  /**
   * How the critic's steps went.
   *
   * @param valueLoss without its weight
   * @param gradientNorm before the clip, where the critic has a trunk of its own; else the policy's
   *     norm is that of both
   */
  public record CriticHealth(double valueLoss, OptionalDouble gradientNorm) {

    CriticHealth plus(CriticHealth other) {
      return new CriticHealth(
          valueLoss + other.valueLoss, sum(gradientNorm, other.gradientNorm, 1));
    }

    CriticHealth over(int steps) {
      return new CriticHealth(
          valueLoss / steps, sum(gradientNorm, OptionalDouble.of(0), 1.0 / steps));
    }

    private static OptionalDouble sum(OptionalDouble one, OptionalDouble other, double factor) {
      return one.isPresent() && other.isPresent()
          ? OptionalDouble.of((one.getAsDouble() + other.getAsDouble()) * factor)
          : OptionalDouble.empty();
    }
  }
}
