package io.arete.engine.quant;

import io.arete.engine.Formula;

/**
 * Numbers as NF4, block by block: with {@code m = max |x|} over the block, {@code code(x) = argmin
 * over i of |x / m − value(i)|}, and back {@code value(code) · m}. Two codes share a byte, the
 * first in its high half. The last block may be shorter.
 */
@Formula(paper = "Dettmers et al. 2023, QLoRA, arXiv 2305.14314", eq = "1 and 2, block-wise")
public final class Nf4Blocks {

  /** Values that share a scale. */
  public static final int SIZE = 64;

  private Nf4Blocks() {}

  /** How many blocks so many values make. */
  public static long count(long values) {
    return (values + SIZE - 1) / SIZE;
  }

  /** How many bytes the codes of so many values take. */
  public static long bytes(long values) {
    return (values + 1) / 2;
  }

  /**
   * Quantises consecutive values; the first begins a block.
   *
   * @param values finite numbers
   * @param count how many of them
   * @param codes receives {@link #bytes}; a half byte that is left over is that of 0
   * @param scales receives {@link #count} maxima
   */
  static void quantise(float[] values, int count, byte[] codes, float[] scales) {
    for (int start = 0; start < count; start += SIZE) {
      int end = Math.min(count, start + SIZE);
      float largest = 0;
      for (int i = start; i < end; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[start / SIZE] = largest;
      // As bitsandbytes has it: a product with the reciprocal, which may differ from a quotient.
      float reciprocal = 1 / largest;
      for (int i = start; i < end; i += 2) {
        int high = code(values[i], reciprocal);
        int low = i + 1 < end ? code(values[i + 1], reciprocal) : Nf4Code.nearest(0);
        codes[i / 2] = (byte) (high << 4 | low);
      }
    }
  }

  private static int code(float value, float reciprocal) {
    return Nf4Code.nearest(Math.max(-1, Math.min(1, value * reciprocal)));
  }
}
