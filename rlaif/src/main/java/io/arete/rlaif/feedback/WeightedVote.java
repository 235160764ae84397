package io.arete.rlaif.feedback;

/**
 * The vote of one virtue.
 *
 * @param virtue its name
 * @param weight its weight in the constitution, above 0
 * @param vote the answers in both orders
 */
public record WeightedVote(String virtue, double weight, LogOddsVote vote) {

  /** Rejects a weight that is not positive. */
  public WeightedVote {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "weight of " + virtue + " is " + weight + " but must be above 0");
    }
  }
}
