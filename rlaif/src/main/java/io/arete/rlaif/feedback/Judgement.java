package io.arete.rlaif.feedback;

import java.util.List;

/**
 * What a labeler said about one comparison.
 *
 * @param votes one for each virtue, both orders
 * @param answerMass mean over all questions of the probability that the labeler gave one of the two
 *     answers at all, 0 to 1
 * @param failures questions whose answer could not be read at all; they count for neither side
 */
public record Judgement(List<WeightedVote> votes, double answerMass, int failures) {

  /** A judgement of which every answer was read. */
  public Judgement(List<WeightedVote> votes, double answerMass) {
    this(votes, answerMass, 0);
  }

  /** Copies the votes. */
  public Judgement {
    votes = List.copyOf(votes);
  }

  /** The label that follows. */
  public SoftLabel label(VoteAveraging averaging) {
    return SoftLabel.of(votes, averaging);
  }
}
