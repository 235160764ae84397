package io.arete.rlaif.training;

import java.util.Arrays;

/**
 * A text to learn whole.
 *
 * @param ids its tokens
 * @param weights {@code [ids]}: how much it counts to predict each token; that of the first is
 *     ignored, since nothing stands before it
 */
public record WeightedText(int[] ids, float[] weights) {

  /** Checks the lengths. */
  public WeightedText {
    if (ids.length < 2 || ids.length != weights.length) {
      throw new IllegalArgumentException(
          ids.length
              + " tokens with "
              + weights.length
              + " weights; at least 2 of each are needed");
    }
  }

  /** How many tokens are to be predicted at all: those of weight 0 cost no prediction. */
  int places() {
    int places = 0;
    for (int i = 1; i < weights.length; i++) {
      places += weights[i] == 0 ? 0 : 1;
    }
    return places;
  }

  /** Sum of the weights that count. */
  double weight() {
    double sum = 0;
    for (int i = 1; i < weights.length; i++) {
      sum += weights[i];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightedText that
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(weights);
  }
}
