package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;

/**
 * Sets β, the price of a nat of divergence from the reference. Immutable: a step gives the next.
 */
@Formula(
    paper = "Ziegler et al. 2019, Fine-Tuning Language Models from Human Preferences",
    eq = "2.2")
public sealed interface KlController {

  /** β, used until the next step. */
  double coefficient();

  /**
   * The controller after one iteration.
   *
   * @param replyKl mean k1 of a reply (summed over its tokens) in that iteration, nats
   * @param replies how many replies the iteration had
   */
  KlController after(double replyKl, int replies);

  /** β stays. */
  record Fixed(double coefficient) implements KlController {

    /** Rejects a negative or infinite β. */
    public Fixed {
      requireCoefficient(coefficient);
    }

    @Override
    public KlController after(double replyKl, int replies) {
      return this;
    }
  }

  /**
   * β follows a target: β ← β (1 + e · replies / horizon), e = replyKl / target − 1 held within
   * ±0.2. An iteration counts as one horizon at most, so that β changes by a fifth at most: of an
   * iteration that is many horizons long the rule would make a β below 0.
   *
   * @param coefficient β now, at least 0
   * @param target wanted KL of a reply, nats, above 0
   * @param horizon replies over which an error of 1 would double β, above 0
   */
  record Adaptive(double coefficient, double target, double horizon) implements KlController {

    private static final double LARGEST_ERROR = 0.2;

    /** Rejects a negative β and a target or horizon that is not positive. */
    public Adaptive {
      requireCoefficient(coefficient);
      if (!(target > 0) || !(horizon > 0)) {
        throw new IllegalArgumentException(
            "KL target is " + target + " and horizon " + horizon + " but both must be above 0");
      }
    }

    @Override
    public KlController after(double replyKl, int replies) {
      double error = Math.max(-LARGEST_ERROR, Math.min(LARGEST_ERROR, replyKl / target - 1));
      double horizons = Math.min(1, replies / horizon);
      return new Adaptive(coefficient * (1 + error * horizons), target, horizon);
    }
  }

  private static void requireCoefficient(double coefficient) {
    if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
      throw new IllegalArgumentException(
          "KL coefficient is " + coefficient + " but must be 0 or more");
    }
  }
}
