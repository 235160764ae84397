package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Eight scales and eight minima of six bits each in 12 bytes b, as Q4_K and Q5_K hold them. For g
 * &lt; 4 they are the lower six bits of b[g] and of b[g + 4]. For the others the lower four bits
 * are the low and the high nibble of b[g + 4], the upper two are the upper two of b[g − 4] and of
 * b[g].
 */
final class SixBitScales {

  private static final int GROUPS = 8;

  private final int[] scales = new int[GROUPS];
  private final int[] minima = new int[GROUPS];

  private SixBitScales() {}

  /** Reads the 12 bytes at the buffer's position and moves it behind them. */
  static SixBitScales read(ByteBuffer source) {
    int start = source.position();
    SixBitScales read = new SixBitScales();
    for (int g = 0; g < GROUPS / 2; g++) {
      int first = source.get(start + g);
      int second = source.get(start + g + 4);
      int third = source.get(start + g + 8);
      read.scales[g] = first & 0x3F;
      read.minima[g] = second & 0x3F;
      read.scales[g + 4] = (third & 0xF) | (first >>> 6 & 3) << 4;
      read.minima[g + 4] = (third >>> 4 & 0xF) | (second >>> 6 & 3) << 4;
    }
    source.position(start + 12);
    return read;
  }

  /** The scale of a group, 0 to 63. */
  int scale(int group) {
    return scales[group];
  }

  /** The minimum of a group, 0 to 63. */
  int minimum(int group) {
    return minima[group];
  }
}
