package io.arete.world.survey;

import java.util.Arrays;

/** The two statistics of a survey, on plain doubles. */
public final class Numbers {

  private Numbers() {}

  /** The mean; 0 of nothing. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /** Pearson's correlation of two samples of one length. */
  public static double correlation(double[] one, double[] other) {
    double meanOne = mean(one);
    double meanOther = mean(other);
    double product = 0;
    double squareOne = 0;
    double squareOther = 0;
    for (int i = 0; i < one.length; i++) {
      product += (one[i] - meanOne) * (other[i] - meanOther);
      squareOne += (one[i] - meanOne) * (one[i] - meanOne);
      squareOther += (other[i] - meanOther) * (other[i] - meanOther);
    }
    return product / Math.sqrt(squareOne * squareOther);
  }
}
