package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what was said with probability p happen in a share p of the cases?
 *
 * <p>Probabilities fall into B bins of equal width; bin b holds those in [b / B, (b + 1) / B), the
 * last one 1 too. Expected calibration error = Σ_b n_b / n · |said_b − found_b|; said_b = mean
 * probability of the bin, found_b = share of its cases that happened. Of n cases that are perfectly
 * calibrated it is not 0 but falls like 1 / √n.
 *
 * @param bins those that hold something, in rising order
 * @param expectedError expected calibration error, 0 to 1
 */
@Formula(paper = "Guo et al. 2017, On Calibration of Modern Neural Networks", eq = "3 and 5")
public record Reliability(List<Bin> bins, double expectedError) {

  /** Copies the bins. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param low its lower end
   * @param high its upper end
   * @param n cases in it, at least one
   * @param said their mean probability
   * @param happened how many of them happened
   */
  public record Bin(double low, double high, int n, double said, int happened) {

    /** The share of its cases that happened. */
    public double found() {
      return (double) happened / n;
    }

    /** Where that share truly lies, Wilson, 95 %. */
    public Interval interval() {
      return Wilson.interval95(happened, n);
    }
  }

  /**
   * Sorts cases into bins.
   *
   * @param p {@code [cases]} what was said, each in [0, 1]; at least one
   * @param happened {@code [cases]} whether it did
   * @param count how many bins, at least one
   */
  public static Reliability of(double[] p, boolean[] happened, int count) {
    Require.outcomes(p, happened);
    if (count < 1) {
      throw new IllegalArgumentException("bins is " + count + " but must be at least 1");
    }
    int[] n = new int[count];
    int[] hits = new int[count];
    double[] sums = new double[count];
    for (int i = 0; i < p.length; i++) {
      if (!(p[i] >= 0 && p[i] <= 1)) {
        throw new IllegalArgumentException("p[" + i + "] is " + p[i] + " but must be from 0 to 1");
      }
      int bin = Math.min(count - 1, (int) (p[i] * count));
      n[bin]++;
      sums[bin] += p[i];
      hits[bin] += happened[i] ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int b = 0; b < count; b++) {
      if (n[b] > 0) {
        bins.add(new Bin((double) b / count, (b + 1.0) / count, n[b], sums[b] / n[b], hits[b]));
        error += Math.abs(sums[b] - hits[b]) / p.length;
      }
    }
    return new Reliability(bins, error);
  }
}
