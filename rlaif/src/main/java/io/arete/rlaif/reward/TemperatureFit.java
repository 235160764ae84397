package io.arete.rlaif.reward;

import io.arete.engine.Formula;
import io.arete.rlaif.stats.Logistic;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Has a reward model learned, or is it merely too sure? One temperature is fitted on one half of
 * the held-out pairs and the loss is taken on the other half. A model that is right more often than
 * not then lies below ln 2 however wrong its scale was; one that knows nothing does not.
 *
 * <p>L(T) = mean of −[p log σ(Δ / T) + (1 − p) log σ(−Δ / T)], convex in 1 / T; 1 / T in [0, 1000 /
 * largest |Δ|]. 1 / T = 0 says "ignore the scores" and has loss ln 2. T is fitted to labels that
 * are held off certainty, (n p + 1) / (n + 2) for n pairs that are fitted (Platt 1999): a half in
 * which every certain label is right would else ask for T = 0, and one small error in the other
 * half would cost hundreds of nats.
 *
 * @param inverseTemperature 1 / T, 0 or more
 * @param fitLoss loss on the half that was fitted, nats, at most ln 2
 * @param heldOutLoss loss on the other half, nats; ln 2 or more means: not learned
 */
@Formula(paper = "Guo et al. 2017, On Calibration of Modern Neural Networks", eq = "9")
public record TemperatureFit(double inverseTemperature, double fitLoss, double heldOutLoss) {

  private static final double SHARPEST = 1000;
  private static final int HALVINGS = 100;

  // Knowing nothing may come out an ulp below ln 2; that is not learning.
  private static final double ROUNDING = 1e-9;

  /**
   * Fits on pairs 0, 2, 4, … and evaluates on pairs 1, 3, 5, …
   *
   * @param scoreDifferences {@code [pairs]} Δ = first less second score, finite, at least two
   * @param p {@code [pairs]} probability that the first is better, each in [0, 1]
   */
  public static TemperatureFit of(double[] scoreDifferences, double[] p) {
    int pairs = scoreDifferences.length;
    if (pairs < 2 || p.length != pairs) {
      throw new IllegalArgumentException(
          pairs + " score differences and " + p.length + " labels; need two or more of each");
    }
    for (int i = 0; i < pairs; i++) {
      PairwiseLoss.requireProbability(p[i]);
      if (!Double.isFinite(scoreDifferences[i])) {
        throw new IllegalArgumentException(
            "score difference " + i + " is " + scoreDifferences[i] + " but must be finite");
      }
    }
    double[] fitDifferences = everySecond(scoreDifferences, 0);
    double[] fitLabels = everySecond(p, 0);
    double inverse = fit(fitDifferences, heldOff(fitLabels));
    return new TemperatureFit(
        inverse,
        loss(fitDifferences, fitLabels, inverse),
        loss(everySecond(scoreDifferences, 1), everySecond(p, 1), inverse));
  }

  /** Whether the loss on the other half lies below that of knowing nothing. */
  public boolean learned() {
    return heldOutLoss < Math.log(2) - ROUNDING;
  }

  /** Mean loss at an inverse temperature. */
  private static double loss(double[] differences, double[] p, double inverse) {
    double sum = 0;
    for (int i = 0; i < differences.length; i++) {
      sum += PairwiseLoss.crossEntropy(differences[i] * inverse, p[i]);
    }
    return sum / differences.length;
  }

  private static double[] heldOff(double[] p) {
    return Arrays.stream(p).map(one -> (p.length * one + 1) / (p.length + 2)).toArray();
  }

  /** The loss is convex in 1 / T: halve the interval in which its slope changes sign. */
  private static double fit(double[] differences, double[] p) {
    double largest =
        IntStream.range(0, differences.length)
            .mapToDouble(i -> Math.abs(differences[i]))
            .max()
            .orElseThrow();
    if (largest == 0 || slope(differences, p, 0) >= 0) {
      return 0;
    }
    double low = 0;
    double high = SHARPEST / largest;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(differences, p, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static double slope(double[] differences, double[] p, double inverse) {
    double sum = 0;
    for (int i = 0; i < differences.length; i++) {
      sum += (Logistic.sigmoid(differences[i] * inverse) - p[i]) * differences[i];
    }
    return sum;
  }

  private static double[] everySecond(double[] values, int start) {
    return IntStream.range(0, values.length)
        .filter(i -> i % 2 == start)
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
