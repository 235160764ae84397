package io.arete.rlaif.bestof;

import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * What the best of n is worth, n at a time out of all samples of a prompt: the samples are parted
 * into groups of n in their order, in each the one that the chooser likes best counts (the first of
 * equals), and the groups are averaged. Its divergence from the sampled policy is at most {@code ln
 * n − (n − 1) / n}, in nats a conversation.
 */
@Formula(
    paper = "Stiennon et al. 2020, Learning to Summarize from Human Feedback",
    eq = "appendix G.3")
final class BestOfN {

  private BestOfN() {}

  /**
   * The mean value of the chosen ones.
   *
   * @param liking the chooser's number of each sample
   * @param value each sample's worth, as many
   * @param n at least 1; divides the number of samples
   */
  static double mean(double[] liking, double[] value, int n) {
    if (n < 1 || liking.length % n != 0 || liking.length != value.length) {
      throw new IllegalArgumentException(
          n + " does not divide " + liking.length + " samples with " + value.length + " values");
    }
    double sum = 0;
    for (int from = 0; from < liking.length; from += n) {
      int best = from;
      for (int i = from + 1; i < from + n; i++) {
        best = liking[i] > liking[best] ? i : best;
      }
      sum += value[best];
    }
    int groups = liking.length / n;
    return sum / groups;
  }

  /** The most that the chosen one can diverge from what was sampled, in nats. */
  static double divergence(int n) {
    return Math.log(n) - (n - 1.0) / n;
  }

  /** 1, 4, 16, … up to the number of samples. */
  static int[] counts(int samples) {
    int[] counts = new int[16];
    int size = 0;
    for (long n = 1; n <= samples; n *= 4) {
      counts[size++] = (int) n;
    }
    return Arrays.copyOf(counts, size);
  }
}
