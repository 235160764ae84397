package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;

/**
 * How a reward model does on pairs.
 *
 * @param n pairs
 * @param decided pairs with p other than 0.5: those that accuracy is taken over
 * @param right decided pairs whose better text has the higher score
 * @param loss mean pairwise loss without margin and centering, nats; ln 2 is knowing nothing
 */
record HeldOut(int n, int decided, int right, double loss) {

  /** Judges what was read. */
  static HeldOut of(ReadPairs read) {
    double[] differences = read.differences();
    double[] labels = read.labels();
    int decided = 0;
    int right = 0;
    double sum = 0;
    for (int i = 0; i < differences.length; i++) {
      double p = labels[i];
      decided += p != 0.5 ? 1 : 0;
      right += right(differences[i], p) ? 1 : 0;
      sum += PairwiseLoss.PLAIN.of(differences[i], 0, p).loss();
    }
    return new HeldOut(differences.length, decided, right, sum / differences.length);
  }

  /** Whether the sign of a difference agrees with the label; a tie on either side does not. */
  static boolean right(double difference, double p) {
    return p > 0.5 ? difference > 0 : p < 0.5 && difference < 0;
  }

  /**
   * Counts, accuracy with its 95 % interval if any pair is decided, and loss if there is a pair.
   */
  ObjectNode toJson() {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("n", n)
            .put("decided", decided)
            .put("right", right);
    if (decided > 0) {
      Interval interval = Wilson.interval95(right, decided);
      row.put("accuracy", (double) right / decided)
          .put("accuracy_low", interval.low())
          .put("accuracy_high", interval.high());
    }
    return n > 0 ? row.put("loss", loss) : row;
  }
}
