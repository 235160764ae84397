package io.arete.engine.quant;

import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * The 256 values of the dynamic eight-bit data type: a sign, a unary exponent, and what bits are
 * left as a linear fraction. For e = 0 … 6 they are {@code ±10^(e−6)} times the means of
 * neighbouring bounds, of which 2ᵉ + 1 lie evenly on [0.1, 1]; and 0 and 1. Small numbers are told
 * apart more finely than large ones.
 */
@Formula(paper = "Dettmers et al. 2022, 8-bit optimizers, arXiv 2110.02861", eq = "figure 2")
public final class DynamicMap {

  /** Number of values. */
  public static final int SIZE = 256;

  private static final int EXPONENTS = 7;
  private static final float LOWEST = 0.1f;

  private DynamicMap() {}

  /** The values, ascending, rounded step by step as bitsandbytes rounds them. */
  public static float[] values() {
    float[] values = new float[SIZE];
    int filled = 0;
    for (int exponent = 0; exponent < EXPONENTS; exponent++) {
      float factor = (float) Math.pow(10, exponent - (EXPONENTS - 1.0));
      int steps = 1 << exponent;
      for (int i = 0; i < steps; i++) {
        float mean = (bound(i, steps) + bound(i + 1, steps)) / 2;
        values[filled++] = factor * mean;
        values[filled++] = -factor * mean;
      }
    }
    values[filled++] = 0;
    values[filled] = 1;
    Arrays.sort(values);
    return values;
  }

  /** Point i of {@code steps + 1} even ones on [0.1, 1], counted from the nearer end. */
  private static float bound(int i, int steps) {
    float step = (1 - LOWEST) / steps;
    return i < (steps + 1) / 2 ? Math.fma(step, i, LOWEST) : Math.fma(-step, steps - i, 1);
  }

  /**
   * The code of the value that is nearest to {@code scaled}, the lower of two that are equally
   * near.
   *
   * @param values ascending
   */
  static int nearest(float[] values, float scaled) {
    int upper = 1;
    while (upper < values.length - 1 && values[upper] < scaled) {
      upper++;
    }
    boolean nearer = Math.abs(values[upper] - scaled) < Math.abs(values[upper - 1] - scaled);
    return nearer ? upper : upper - 1;
  }
}
