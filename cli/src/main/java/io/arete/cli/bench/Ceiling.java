package io.arete.cli.bench;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.DtypeChoice;

/** The speed of plain matrix products: no pass through a model can be faster. */
final class Ceiling {

  private static final long ROWS = 1024;
  private static final long INNER = 576;
  private static final long COLUMNS = 3072;
  private static final int REPEATS = 5;

  private Ceiling() {}

  /** 10⁹ operations a second for {@code [1024, 576] x [576, 3072]}, best of several. */
  static double gigaflops(Dtype dtype, Device device) {
    double best = 0;
    for (int i = 0; i < REPEATS; i++) {
      best = Math.max(best, DtypeChoice.gigaflops(device, dtype, ROWS, INNER, COLUMNS));
    }
    return best;
  }
}
