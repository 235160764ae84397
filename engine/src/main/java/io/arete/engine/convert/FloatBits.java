package io.arete.engine.convert;

/** Conversions between the bit patterns of float16, float32 and bfloat16 (IEEE 754). */
final class FloatBits {

  private static final float SMALLEST_HALF = 0x1p-24f;

  private FloatBits() {}

  /** The value of a float16; every one is exact in float32. */
  static float fromHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1F;
    int mantissa = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = mantissa * SMALLEST_HALF;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wideExponent = exponent == 0x1F ? 0xFF : exponent + (127 - 15);
    return Float.intBitsToFloat(sign | wideExponent << 23 | mantissa << 13);
  }

  /** The nearest bfloat16, ties to the even one; NaN stays NaN. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN's mantissa into infinity.
      return (short) (bits >>> 16 | 0x40);
    }
    int roundUp = 0x7FFF + (bits >>> 16 & 1);
    return (short) ((bits + roundUp) >>> 16);
  }
}
