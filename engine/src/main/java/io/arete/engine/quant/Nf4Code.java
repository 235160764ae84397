package io.arete.engine.quant;

import io.arete.engine.Formula;

/**
 * The sixteen values of four-bit NormalFloat: quantiles of the normal distribution, scaled to [−1,
 * 1], with an exact 0. Half of them, less one, lie below 0.
 */
@Formula(paper = "Dettmers et al. 2023, QLoRA, arXiv 2305.14314", eq = "4; appendix E")
public final class Nf4Code {

  private static final float[] VALUES = {
    -1.0f,
    -0.6961928f,
    -0.52507305f,
    -0.3949175f,
    -0.28444138f,
    -0.18477343f,
    -0.091050036f,
    0.0f,
    0.0795803f,
    0.1609302f,
    0.2461123f,
    0.33791524f,
    0.44070983f,
    0.562617f,
    0.72295684f,
    1.0f
  };

  /** Cells of a grid on [−1, 1] so narrow that each meets at most two codes' neighbourhoods. */
  private static final int CELLS = 64;

  private static final byte[] LOWEST = lowest();

  private Nf4Code() {}

  /** The values by code, ascending. */
  public static float[] values() {
    return VALUES.clone();
  }

  /** The value of one code. */
  static float value(int code) {
    return VALUES[code];
  }

  /**
   * {@code argmin over i of |scaled − value(i)|}, each difference rounded to float32, the lower
   * code of two that are equally near. Not a number (a block of zeros, scaled) has the code 0.
   *
   * @param scaled in [−1, 1]
   */
  static int nearest(float scaled) {
    // A number's cell; that of NaN is 0.
    int code = LOWEST[(int) ((scaled + 1) * (CELLS / 2))];
    boolean upper = Math.abs(scaled - VALUES[code + 1]) < Math.abs(scaled - VALUES[code]);
    return upper ? code + 1 : code;
  }

  /** The lowest code that a number of each cell can have; the highest is one above. */
  private static byte[] lowest() {
    byte[] lowest = new byte[CELLS + 1];
    for (int cell = 0; cell < lowest.length; cell++) {
      // A cell may reach a little below its bound: the sum above is rounded.
      double bound = cell * 2.0 / CELLS - 1 - 1e-3;
      int code = 0;
      while (code + 2 < VALUES.length && bound > (VALUES[code] + (double) VALUES[code + 1]) / 2) {
        code++;
      }
      lowest[cell] = (byte) code;
    }
    return lowest;
  }
}
