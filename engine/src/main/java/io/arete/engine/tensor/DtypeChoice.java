package io.arete.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Finds the element type in which this machine multiplies matrices fastest. */
public final class DtypeChoice {

  private static final long ROWS = 512;
  private static final long INNER = 768;
  private static final long COLUMNS = 2048;
  private static final int REPEATS = 4;
  private static final int ROUNDS = 3;

  private DtypeChoice() {}

  /** bfloat16 where its products are clearly faster than float32's, else float32. */
  public static Dtype fastest(Device device) {
    if (!device.isCpu()) {
      return Dtype.BFLOAT16;
    }
    double wide = 0;
    double narrow = 0;
    // In turn, so that what else the machine does meets both.
    for (int i = 0; i < ROUNDS; i++) {
      wide = Math.max(wide, gigaflops(device, Dtype.FLOAT32, ROWS, INNER, COLUMNS));
      narrow = Math.max(narrow, gigaflops(device, Dtype.BFLOAT16, ROWS, INNER, COLUMNS));
    }
    return narrow > 1.1 * wide ? Dtype.BFLOAT16 : Dtype.FLOAT32;
  }

  /**
   * Speed of {@code [rows, inner] x [inner, columns]} in 10⁹ operations a second: the best of a
   * few, as one product or as one in each lane, whichever is faster.
   */
  public static double gigaflops(Device device, Dtype dtype, long rows, long inner, long columns) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor left = Tensors.normal(device, 1, 1, rows, inner).to(dtype);
      Tensor right = Tensors.normal(device, 2, 1, columns, inner).to(dtype);
      int lanes = Lanes.count(device);
      List<Callable<Boolean>> parts = new ArrayList<>();
      for (int i = 0; i < lanes; i++) {
        Tensor part = left.narrow(0, rows * i / lanes, rows * (i + 1) / lanes - rows * i / lanes);
        parts.add(() -> multiply(part, right));
      }
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        multiply(left, right);
        long middle = System.nanoTime();
        Lanes.run(parts);
        long end = System.nanoTime();
        best = Math.min(best, Math.min(middle - start, end - middle) / 1e9);
      }
      return 2.0 * rows * inner * columns / best / 1e9;
    }
  }

  private static boolean multiply(Tensor left, Tensor right) {
    try (Scope step = Scope.open()) {
      // Reading one number waits for devices that compute in the background.
      left.linear(right, null).narrow(0, 0, 1).narrow(1, 0, 1).toFloats();
      return true;
    }
  }
}
