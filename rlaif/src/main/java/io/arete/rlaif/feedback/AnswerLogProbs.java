package io.arete.rlaif.feedback;

import java.util.Arrays;

/**
 * How likely the labeler was to answer A (what was shown first is better) or B.
 *
 * @param a log-probability of answering A, nats; −∞ if impossible
 * @param b log-probability of answering B, nats; −∞ if impossible
 */
public record AnswerLogProbs(double a, double b) {

  // More than float32 log-probabilities can tell; keeps one impossible answer from deciding alone.
  static final double LARGEST_LOG_ODDS = 50;

  /** Rejects what is no log-probability; a little above 0 is taken for rounding. */
  public AnswerLogProbs {
    if (!(a <= 1e-3) || !(b <= 1e-3)) {
      throw new IllegalArgumentException(
          "log-probabilities are " + a + " and " + b + " but must be 0 or less");
    }
  }

  /** From all spellings of the two answers (with and without leading space): probabilities add. */
  public static AnswerLogProbs ofSpellings(double[] a, double[] b) {
    return new AnswerLogProbs(logSumExp(a), logSumExp(b));
  }

  /** log P(A) − log P(B), held within ±50 nats; 0 if both are impossible. */
  public double logOdds() {
    if (a == b) {
      return 0;
    }
    return Math.max(-LARGEST_LOG_ODDS, Math.min(LARGEST_LOG_ODDS, a - b));
  }

  /** P(A) + P(B): near 0 the labeler did not answer the question at all. */
  public double mass() {
    return Math.exp(a) + Math.exp(b);
  }

  private static double logSumExp(double[] logProbs) {
    double largest = Arrays.stream(logProbs).max().orElse(Double.NEGATIVE_INFINITY);
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    return largest + Math.log(Arrays.stream(logProbs).map(x -> Math.exp(x - largest)).sum());
  }
}
