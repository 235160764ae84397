package io.arete.cli.bench;

import java.util.function.Consumer;

/** One thing to measure. */
interface Benchmark {

  /**
   * Measures.
   *
   * @param found told of each number as soon as it is known
   */
  void run(Subject subject, Consumer<Measure> found);
}
