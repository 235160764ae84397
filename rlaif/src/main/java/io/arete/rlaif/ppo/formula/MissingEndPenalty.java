package io.arete.rlaif.ppo.formula;

import io.arete.rlaif.data.Reply;

/** What a score becomes when replies were cut off before their end of turn. Scores in z units. */
public sealed interface MissingEndPenalty {

  /** What a reply counts for that is too long to be read, before its penalty: the mean. */
  double UNREAD = 0;

  /** The score after the penalty; with no missing ends it is the score. */
  double apply(double score, int missingEnds);

  /**
   * What a reply's score counts for.
   *
   * @param read what was read of it; NaN, which also counts as a missing end, if it is too long
   */
  default double charge(double read, Reply reply) {
    boolean unread = Double.isNaN(read);
    boolean missing = unread || reply.ended() == Reply.Ended.LENGTH;
    return apply(unread ? UNREAD : read, missing ? 1 : 0);
  }

  /** Any missing end puts {@code value} in the place of the score, whatever was said. */
  record Replace(double value) implements MissingEndPenalty {

    @Override
    public double apply(double score, int missingEnds) {
      return missingEnds > 0 ? value : score;
    }
  }

  /** Each missing end costs {@code amount}, 0 or more. */
  record Subtract(double amount) implements MissingEndPenalty {

    /** Rejects a cost that would be a gift. */
    public Subtract {
      if (!(amount >= 0)) {
        throw new IllegalArgumentException(
            "missing-end cost is " + amount + " but must be 0 or more");
      }
    }

    @Override
    public double apply(double score, int missingEnds) {
      return score - amount * missingEnds;
    }
  }
}
