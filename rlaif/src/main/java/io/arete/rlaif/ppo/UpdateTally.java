package io.arete.rlaif.ppo;

import io.arete.rlaif.ppo.formula.RatioStats;
import java.util.Optional;
import java.util.OptionalDouble;

/** Collects what the mini-batches of an update showed. */
final class UpdateTally {

  private int steps;
  private double policyLoss;
  private double policyNorm;
  private double learningRate;
  private OptionalDouble ordinaryLoss = OptionalDouble.empty();
  private Optional<UpdateHealth.CriticHealth> critics = Optional.empty();
  private double divergence;
  private RatioStats ratios = RatioStats.NONE;

  /**
   * How policy and critic stepped.
   *
   * @param norm of the policy's gradient before the clip
   * @param learningRate of the policy
   * @param ordinaryLoss of the ordinary replies that were mixed in, if any were
   */
  record Step(
      double norm,
      double learningRate,
      OptionalDouble ordinaryLoss,
      Optional<UpdateHealth.CriticHealth> critic) {}

  /** A mini-batch after which policy and critic stepped. */
  void step(Policy.Outcome outcome, Step step) {
    steps++;
    policyLoss += outcome.loss();
    policyNorm += step.norm();
    learningRate = step.learningRate();
    if (step.ordinaryLoss().isPresent()) {
      double sum = ordinaryLoss.orElse(0) + step.ordinaryLoss().getAsDouble();
      ordinaryLoss = OptionalDouble.of(sum);
    }
    critics = step.critic().map(one -> critics.map(one::plus).orElse(one));
    divergence = outcome.divergence();
    ratios = ratios.plus(outcome.ratios());
  }

  /** The update ended at a mini-batch that had moved too far. */
  UpdateHealth stopped(Policy.Outcome outcome) {
    divergence = outcome.divergence();
    ratios = ratios.plus(outcome.ratios());
    return health(true);
  }

  /** The update ended as planned. */
  UpdateHealth finished() {
    return health(false);
  }

  private UpdateHealth health(boolean stoppedEarly) {
    int count = Math.max(1, steps);
    return new UpdateHealth(
        steps,
        stoppedEarly,
        divergence,
        policyLoss / count,
        policyNorm / count,
        learningRate,
        ordinaryLoss.isPresent()
            ? OptionalDouble.of(ordinaryLoss.getAsDouble() / count)
            : OptionalDouble.empty(),
        critics.map(sum -> sum.over(count)),
        ratios);
  }
}
