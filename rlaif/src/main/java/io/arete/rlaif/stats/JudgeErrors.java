package io.arete.rlaif.stats;

/**
 * How often a judge was right on cases whose answer is known.
 *
 * @param truePositives cases that are positive, and were called so
 * @param positives cases that are positive, at least one
 * @param trueNegatives cases that are negative, and were called so
 * @param negatives cases that are negative, at least one
 */
public record JudgeErrors(int truePositives, int positives, int trueNegatives, int negatives) {

  /** Rejects counts that are none. */
  public JudgeErrors {
    Require.share(truePositives, positives, "truePositives");
    Require.share(trueNegatives, negatives, "trueNegatives");
  }

  /** The share of positive cases that the judge finds. */
  public double sensitivity() {
    return (double) truePositives / positives;
  }

  /** The share of negative cases that the judge leaves alone. */
  public double specificity() {
    return (double) trueNegatives / negatives;
  }

  /** Youden's J: 1 for a judge that never errs, 0 for a coin. */
  public double informedness() {
    return sensitivity() + specificity() - 1;
  }
}
