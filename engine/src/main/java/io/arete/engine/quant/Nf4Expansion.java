package io.arete.engine.quant;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Dequantises blocks in the processor's memory, on one thread.
 *
 * <p>For each block the sixteen products of its scale with the code's values are made and rounded
 * once; its 64 values are then looked up. Codes and values pass through small arrays, which Java
 * reads and writes faster than native memory. In bfloat16 two values are written as one int, the
 * first in its lower half: the processors that Arete runs on are little-endian.
 */
final class Nf4Expansion {

  /** Blocks that pass through the arrays at once: they fit into a cache. */
  private static final int STAGE = 128;

  private static final int BLOCK_BYTES = Nf4Blocks.SIZE / 2;
  private static final int UPPER_HALF = 0xFFFF0000;

  private final ByteBuffer codes;
  private final Scales.Reader scales;
  private final long values;
  private final byte[] stagedCodes = new byte[STAGE * BLOCK_BYTES];
  private final float[] stagedScales = new float[STAGE];

  /**
   * Prepares one thread's work.
   *
   * @param values how many the codes hold
   */
  Nf4Expansion(ByteBuffer codes, Scales.Reader scales, long values) {
    this.codes = codes;
    this.scales = scales;
    this.values = values;
  }

  /**
   * Dequantises the blocks from {@code first} on, before {@code end}, to float32.
   *
   * @param target memory of the values, in native order
   * @param targetBlock the block with which it begins
   */
  void toFloat32(int first, int end, ByteBuffer target, int targetBlock) {
    FloatBuffer memory = target.asFloatBuffer();
    byte[] staged = stagedCodes;
    float[] code = Nf4Code.values();
    float[] table = new float[code.length];
    float[] expanded = new float[STAGE * Nf4Blocks.SIZE];
    for (int start = first; start < end; start += STAGE) {
      int count = stage(start, end);
      for (int block = 0; block < count; block++) {
        float scale = stagedScales[block];
        for (int i = 0; i < table.length; i++) {
          table[i] = code[i] * scale;
        }
        int stop = (block + 1) * BLOCK_BYTES;
        for (int i = block * BLOCK_BYTES; i < stop; i++) {
          int pair = staged[i];
          expanded[2 * i] = table[(pair >>> 4) & 15];
          expanded[2 * i + 1] = table[pair & 15];
        }
      }
      memory.put((start - targetBlock) * Nf4Blocks.SIZE, expanded, 0, valuesOf(start, count));
    }
  }

  /** As {@link #toFloat32}, to bfloat16: the nearest, of two equally near the even one. */
  void toBfloat16(int first, int end, ByteBuffer target, int targetBlock) {
    IntBuffer memory = target.asIntBuffer();
    byte[] staged = stagedCodes;
    float[] code = Nf4Code.values();
    int[] table = new int[code.length];
    int[] pairs = new int[STAGE * BLOCK_BYTES];
    for (int start = first; start < end; start += STAGE) {
      int count = stage(start, end);
      for (int block = 0; block < count; block++) {
        float scale = stagedScales[block];
        for (int i = 0; i < table.length; i++) {
          int bits = Float.floatToRawIntBits(code[i] * scale);
          table[i] = (bits + 0x7FFF + ((bits >>> 16) & 1)) & UPPER_HALF;
        }
        int stop = (block + 1) * BLOCK_BYTES;
        for (int i = block * BLOCK_BYTES; i < stop; i++) {
          int pair = staged[i];
          pairs[i] = (table[(pair >>> 4) & 15] >>> 16) | table[pair & 15];
        }
      }
      int written = valuesOf(start, count);
      memory.put((start - targetBlock) * BLOCK_BYTES, pairs, 0, written / 2);
      if (written % 2 == 1) {
        int at = (start - targetBlock) * Nf4Blocks.SIZE + written - 1;
        target.putShort(at * Short.BYTES, (short) pairs[written / 2]);
      }
    }
  }

  /** Reads the next blocks' codes and scales; returns how many blocks they are. */
  private int stage(int start, int end) {
    int count = Math.min(STAGE, end - start);
    scales.read(start, stagedScales, count);
    int from = start * BLOCK_BYTES;
    // The last block may be shorter; what stands in the array behind its codes is not written.
    codes.get(from, stagedCodes, 0, Math.min(count * BLOCK_BYTES, codes.limit() - from));
    return count;
  }

  private int valuesOf(int start, int count) {
    return (int) Math.min((long) count * Nf4Blocks.SIZE, values - (long) start * Nf4Blocks.SIZE);
  }
}
