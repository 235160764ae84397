package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stats.Interval;

/** PPO against a reward model that guesses teaches noise. */
public final class HeldOutAccuracyGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "held-out-accuracy";

  private HeldOutAccuracyGate() {}

  /**
   * Judges the accuracy on pairs that the model was not trained on.
   *
   * @param interval of the accuracy, 95 %
   * @param n pairs
   * @param lowest what the interval's low end must exceed
   */
  public static GateResult of(
      Facet facet, double accuracy, Interval interval, long n, double lowest) {
    boolean undecided = interval.high() > lowest;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "held-out accuracy %.3f, 95 %% interval %.3f to %.3f",
            accuracy, interval.low(), interval.high()),
        Text.of("an interval above %s", lowest),
        n,
        interval.low() > lowest,
        true,
        undecided
            ? "so few pairs cannot tell whether the reward model has learned"
            : "the reward model has not learned what is preferred",
        undecided
            ? "hold out more pairs (data.watch_share), or train on more"
            : "give more or clearer pairs, or train longer (reward.epochs, reward.learning_rate)");
  }
}
