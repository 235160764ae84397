package io.arete.rlaif.ppo;

import java.util.Optional;

/** Collects what the mini-batches of an update showed. */
final class UpdateTally {

  private int steps;
  private double policyLoss;
  private double policyNorm;
  private Optional<UpdateHealth.CriticHealth> critics = Optional.empty();
  private double divergence;
  private RatioStats ratios = RatioStats.NONE;

  /** A mini-batch after which policy and critic stepped. */
  void step(Policy.Outcome outcome, double norm, Optional<UpdateHealth.CriticHealth> critic) {
    steps++;
    policyLoss += outcome.loss();
    policyNorm += norm;
    critics = critic.map(one -> critics.map(one::plus).orElse(one));
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
        critics.map(sum -> sum.over(count)),
        ratios);
  }
}
