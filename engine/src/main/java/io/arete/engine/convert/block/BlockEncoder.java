package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/** Turns floats into blocks of a ggml format. */
public sealed interface BlockEncoder {

  /**
   * Encodes the first {@code count} floats, a multiple of the format's block, at the position of
   * {@code target}, which is little-endian and moves on.
   */
  void encode(float[] source, int count, ByteBuffer target);

  /** F32: as they are. */
  record F32() implements BlockEncoder {
    @Override
    public void encode(float[] source, int count, ByteBuffer target) {
      for (int i = 0; i < count; i++) {
        target.putFloat(source[i]);
      }
    }
  }

  /** F16: the nearest float16, ties to the even one. */
  record F16() implements BlockEncoder {
    @Override
    public void encode(float[] source, int count, ByteBuffer target) {
      for (int i = 0; i < count; i++) {
        target.putShort(FloatBits.toHalf(source[i]));
      }
    }
  }

  /**
   * Q8_0: d = max |x| / 127 as float16, q[i] = x[i] · (1 / d before its rounding) to the nearest
   * whole number, halves away from 0; the bytes of ggml's own {@code quantize_row_q8_0_ref}.
   */
  record Q80() implements BlockEncoder {

    private static final int BLOCK = 32;

    @Override
    public void encode(float[] source, int count, ByteBuffer target) {
      for (int start = 0; start < count; start += BLOCK) {
        float largest = 0;
        for (int i = start; i < start + BLOCK; i++) {
          largest = Math.max(largest, Math.abs(source[i]));
        }
        float scale = largest / 127;
        float inverse = 1 / scale;
        if (Float.isInfinite(inverse)) {
          // All zero, or so small that d is 0 as a float16.
          inverse = 0;
        }
        target.putShort(FloatBits.toHalf(scale));
        for (int i = start; i < start + BLOCK; i++) {
          target.put((byte) roundAwayFromZero(source[i] * inverse));
        }
      }
    }

    /** C's roundf. */
    private static int roundAwayFromZero(float value) {
      int magnitude = (int) Math.floor(Math.abs(value) + 0.5);
      return value < 0 ? -magnitude : magnitude;
    }
  }
}
