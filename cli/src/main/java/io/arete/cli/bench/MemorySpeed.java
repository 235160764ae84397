package io.arete.cli.bench;

import io.arete.engine.tensor.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The speed of reading memory: a step of generation reads every weight, however few rows it
 * computes.
 */
final class MemorySpeed {

  /** 256 MiB a thread, more than a cache holds. */
  private static final int WORDS = 1 << 25;

  private static final int RUNS = 5;

  private MemorySpeed() {}

  /** 10⁹ bytes a second, read by as many threads as generation has, best of several. */
  static double gigabytes() {
    List<long[]> blocks = new ArrayList<>();
    for (int i = 0; i < Threads.count(); i++) {
      long[] block = new long[WORDS];
      Arrays.fill(block, i);
      blocks.add(block);
    }
    // Kept, so that no reading is left out as useless.
    AtomicLong sums = new AtomicLong();
    double seconds =
        Stopwatch.best(
            RUNS, () -> sums.addAndGet(blocks.parallelStream().mapToLong(MemorySpeed::sum).sum()));
    return 1e-9 * blocks.size() * WORDS * Long.BYTES / seconds;
  }

  private static long sum(long[] words) {
    long sum = 0;
    for (long word : words) {
      sum += word;
    }
    return sum;
  }
}
