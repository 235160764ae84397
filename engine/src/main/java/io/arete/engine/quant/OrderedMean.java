package io.arete.engine.quant;

import java.util.Arrays;

/**
 * A mean in float32 whose additions have one order on every machine: libtorch's on one thread, so
 * that the last bit is that of bitsandbytes. libtorch itself adds in another order with other
 * numbers of threads.
 *
 * <p>Numbers are dealt out to 32 running sums in turn (four vectors of eight). So that small
 * numbers are not lost in large sums, running sums are moved up a level every so many numbers, from
 * there another level up, and so on.
 */
final class OrderedMean {

  private static final int LANES = 8;
  private static final int ROW = 4 * LANES;
  private static final int LEVELS = 4;

  private OrderedMean() {}

  /** The mean of at least one number. */
  static float of(float[] values) {
    float[] sums = columns(values, values.length / ROW);
    int vectors = values.length / LANES;
    for (int i = values.length / ROW * ROW; i < vectors * LANES; i++) {
      sums[i % LANES] += values[i];
    }
    for (int i = LANES; i < ROW; i++) {
      sums[i % LANES] += sums[i];
    }
    float sum = 0;
    for (int i = vectors * LANES; i < values.length; i++) {
      sum += values[i];
    }
    for (int i = 0; i < LANES; i++) {
      sum += sums[i];
    }
    return sum / values.length;
  }

  /** Sums of the columns of so many whole rows. */
  private static float[] columns(float[] values, int rows) {
    int power = Math.max(4, logarithm(rows) / LEVELS);
    int step = 1 << power;
    float[][] sums = new float[LEVELS][ROW];
    int row = 0;
    while (row + step <= rows) {
      for (int end = row + step; row < end; row++) {
        add(values, row * ROW, sums[0]);
      }
      int level = 1;
      do {
        add(sums[level - 1], 0, sums[level]);
        Arrays.fill(sums[level - 1], 0);
        level++;
      } while (level < LEVELS && (row & ((step - 1) << ((level - 1) * power))) == 0);
    }
    for (; row < rows; row++) {
      add(values, row * ROW, sums[0]);
    }
    for (int level = 1; level < LEVELS; level++) {
      add(sums[level], 0, sums[0]);
    }
    return sums[0];
  }

  private static void add(float[] from, int start, float[] sums) {
    for (int i = 0; i < ROW; i++) {
      sums[i] += from[start + i];
    }
  }

  /** The smallest exponent of 2 whose power is at least {@code count}. */
  private static int logarithm(int count) {
    return count <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }
}
