package io.arete.rlaif.feedback;

import java.util.Optional;

/**
 * The vote of one virtue.
 *
 * @param virtue its name
 * @param weight its weight in the constitution, above 0
 * @param vote the answers in both orders
 * @param reasons what was written before them, by a judge that reasons
 */
public record WeightedVote(
    String virtue, double weight, LogOddsVote vote, Optional<Reasons> reasons) {

  /** The vote of a judge that only answers. */
  public WeightedVote(String virtue, double weight, LogOddsVote vote) {
    this(virtue, weight, vote, Optional.empty());
  }

  /** Rejects a weight that is not positive. */
  public WeightedVote {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "weight of " + virtue + " is " + weight + " but must be above 0");
    }
  }

  /** The same vote under another name. */
  WeightedVote named(String name) {
    return new WeightedVote(name, weight, vote, reasons);
  }

  /** The same vote with its weight multiplied. */
  WeightedVote times(double factor) {
    return new WeightedVote(virtue, weight * factor, vote, reasons);
  }
}
