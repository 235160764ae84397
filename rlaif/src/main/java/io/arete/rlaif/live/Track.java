package io.arete.rlaif.live;

import java.util.Arrays;

/**
 * A number over the steps of a log, in bounded memory: when it has too many points, neighbours
 * become one with their mean.
 */
final class Track {

  private static final int MOST = 256;

  private final double[] sums = new double[MOST];
  private final long[] counts = new long[MOST];
  private int used;
  private long width = 1;
  private long all;
  private double first = Double.NaN;
  private double last = Double.NaN;

  /** Appends a value; one that is no finite number counts as the last, but is not drawn. */
  void add(double value) {
    if (all == 0) {
      first = value;
    }
    last = value;
    all++;
    if (!Double.isFinite(value)) {
      return;
    }
    if (used > 0 && counts[used - 1] < width) {
      sums[used - 1] += value;
      counts[used - 1]++;
      return;
    }
    if (used == MOST) {
      halve();
    }
    sums[used] = value;
    counts[used] = 1;
    used++;
  }

  /** What is drawn: means of neighbours, in order. */
  double[] means() {
    double[] means = new double[used];
    Arrays.setAll(means, i -> sums[i] / counts[i]);
    return means;
  }

  /** How many values there were. */
  long size() {
    return all;
  }

  double first() {
    return first;
  }

  double last() {
    return last;
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      sums[i] = sums[2 * i] + sums[2 * i + 1];
      counts[i] = counts[2 * i] + counts[2 * i + 1];
    }
    used = MOST / 2;
    width *= 2;
  }
}
