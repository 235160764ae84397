package io.arete.rlaif.ppo;

/** What a score becomes when replies were cut off before their end of turn. Scores in z units. */
public sealed interface MissingEndPenalty {

  /** The score after the penalty; with no missing ends it is the score. */
  double apply(double score, int missingEnds);

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
