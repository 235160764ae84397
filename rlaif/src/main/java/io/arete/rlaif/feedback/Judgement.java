package io.arete.rlaif.feedback;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a labeler said about one comparison.
 *
 * @param votes one for each virtue, both orders
 * @param heard how its answers could be read; of a committee for each member by its name
 */
public record Judgement(List<WeightedVote> votes, Map<String, Heard> heard) {

  /** What a labeler that is none of several is called by. */
  static final String ALONE = "";

  /**
   * How the answers of one labeler could be read.
   *
   * @param answerMass mean over all questions of the probability that it gave one of the two
   *     answers at all, 0 to 1
   * @param failures questions whose answer could not be read at all; they count for neither side
   */
  public record Heard(double answerMass, int failures) {}

  /** A judgement of which every answer was read. */
  public Judgement(List<WeightedVote> votes, double answerMass) {
    this(votes, answerMass, 0);
  }

  /** The judgement of one labeler. */
  public Judgement(List<WeightedVote> votes, double answerMass, int failures) {
    this(votes, Map.of(ALONE, new Heard(answerMass, failures)));
  }

  /** Copies votes and members. */
  public Judgement {
    votes = List.copyOf(votes);
    heard = Collections.unmodifiableMap(new LinkedHashMap<>(heard));
  }

  /** The mean over all questions of the probability of either answer, 0 to 1. */
  public double answerMass() {
    return heard.values().stream().mapToDouble(Heard::answerMass).average().orElse(0);
  }

  /** Questions whose answer could not be read at all. */
  public int failures() {
    return heard.values().stream().mapToInt(Heard::failures).sum();
  }

  /** The label that follows. */
  public SoftLabel label(VoteAveraging averaging) {
    return SoftLabel.of(votes, averaging);
  }
}
