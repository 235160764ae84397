package io.arete.cli.bench;

/** Takes times. */
final class Stopwatch {

  private Stopwatch() {}

  /** Seconds of the fastest of some runs, after one that is not counted. */
  static double best(int runs, Runnable work) {
    work.run();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < runs; i++) {
      best = Math.min(best, seconds(work));
    }
    return best;
  }

  /** Seconds of one run. */
  static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
