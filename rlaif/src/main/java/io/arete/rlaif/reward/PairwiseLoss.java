package io.arete.rlaif.reward;

import io.arete.engine.Formula;
import io.arete.rlaif.stats.Logistic;

/**
 * Bradley-Terry loss of one preference pair with a soft label.
 *
 * <p>L = −[p log σ(Δ − m) + (1 − p) log σ(−Δ + m)] + c (r₁ + r₂)²; Δ = r₁ − r₂, r = score, p =
 * probability that the first is better, m = margin, c = centeringCoefficient. With p = 1 this is
 * TRL's loss of (chosen, rejected).
 *
 * <p>The margin has a sign: it is by how much the first should lead, so it is negative where the
 * second is the better. Exchanging the two conversations (p → 1 − p, m → −m) changes nothing.
 *
 * @param centeringCoefficient c, 0 or more; it keeps the sum of the scores near 0 (0.01 is usual)
 */
@Formula(
    paper = "Ouyang et al. 2022; margin: Touvron et al. 2023; centering: Eisenstein et al. 2023",
    eq = "1")
public record PairwiseLoss(double centeringCoefficient) {

  /** Without centering. */
  public static final PairwiseLoss PLAIN = new PairwiseLoss(0);

  /** Rejects a negative coefficient. */
  public PairwiseLoss {
    if (!(centeringCoefficient >= 0) || Double.isInfinite(centeringCoefficient)) {
      throw new IllegalArgumentException(
          "centering coefficient is " + centeringCoefficient + " but must be 0 or more");
    }
  }

  /** The loss without a margin; p in [0, 1]. */
  public PairTerm of(double firstScore, double secondScore, double p) {
    return of(firstScore, secondScore, p, 0);
  }

  /** The loss; p in [0, 1], margin in units of the score. */
  public PairTerm of(double firstScore, double secondScore, double p, double margin) {
    requireProbability(p);
    double logit = firstScore - secondScore - margin;
    double sum = firstScore + secondScore;
    double loss = crossEntropy(logit, p) + centeringCoefficient * sum * sum;
    double byLogit = Logistic.sigmoid(logit) - p;
    double bySum = 2 * centeringCoefficient * sum;
    return new PairTerm(loss, byLogit + bySum, -byLogit + bySum);
  }

  /** −[p log σ(x) + (1 − p) log σ(−x)], by log σ(x) = min(x, 0) − log(1 + exp(−|x|)). */
  static double crossEntropy(double logit, double p) {
    // At a hard label the other side's infinite loss must not become 0 · ∞.
    double ifFirst = p == 0 ? 0 : p * logSigmoid(logit);
    double ifSecond = p == 1 ? 0 : (1 - p) * logSigmoid(-logit);
    return -ifFirst - ifSecond;
  }

  static void requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p is " + p + " but must lie in [0, 1]");
    }
  }

  private static double logSigmoid(double x) {
    return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  }

  /**
   * One pair's loss and its derivatives.
   *
   * @param loss nats
   * @param byFirst dLoss / d first score
   * @param bySecond dLoss / d second score
   */
  public record PairTerm(double loss, double byFirst, double bySecond) {}
}
