package io.arete.engine.convert.block;

/** Conversions between the bit patterns of float16, float32 and bfloat16 (IEEE 754). */
public final class FloatBits {

  private static final float SMALLEST_HALF = 0x1p-24f;
  private static final float SMALLEST_NORMAL_HALF = 0x1p-14f;

  private FloatBits() {}

  /** The value of a float16; every one is exact in float32. */
  public static float fromHalf(short half) {
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

  /** The nearest float16, ties to the even one; from 65520 on that is infinity. NaN stays NaN. */
  public static short toHalf(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude < SMALLEST_NORMAL_HALF) {
      // Subnormal halves are whole multiples of the smallest one; rint goes to the even one.
      return (short) (sign | (int) Math.rint(magnitude / SMALLEST_HALF));
    }
    int bits = Float.floatToRawIntBits(magnitude);
    int rounded = bits + 0xFFF + (bits >>> 13 & 1);
    int half = (rounded >>> 13) - ((127 - 15) << 10);
    return (short) (sign | Math.min(half, 0x7C00));
  }

  /** The value of a bfloat16; every one is exact in float32. */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest bfloat16, ties to the even one; NaN stays NaN. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN's mantissa into infinity.
      return (short) (bits >>> 16 | 0x40);
    }
    int roundUp = 0x7FFF + (bits >>> 16 & 1);
    return (short) ((bits + roundUp) >>> 16);
  }
}
