package io.arete.rlaif.ppo;

/** Collects what the mini-batches of an update showed. */
final class UpdateTally {

  private int steps;
  private double policyLoss;
  private double valueLoss;
  private double policyNorm;
  private double criticNorm;
  private double divergence;
  private RatioStats ratios = RatioStats.NONE;

  /** A mini-batch after which both stepped. */
  void step(Policy.Outcome outcome, double norm, double lossOfValues, double normOfCritic) {
    steps++;
    policyLoss += outcome.loss();
    valueLoss += lossOfValues;
    policyNorm += norm;
    criticNorm += normOfCritic;
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
        valueLoss / count,
        policyNorm / count,
        criticNorm / count,
        ratios);
  }
}
