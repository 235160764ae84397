package io.arete.engine.quant;

/** The definition of NF4, step by step: what the fast code must equal bit for bit. */
final class NaiveNf4 {

  private NaiveNf4() {}

  /** The scale of every block. */
  static float[] scales(float[] values) {
    float[] scales = new float[(values.length + 63) / 64];
    for (int i = 0; i < values.length; i++) {
      scales[i / 64] = Math.max(scales[i / 64], Math.abs(values[i]));
    }
    return scales;
  }

  /** The code of every value, one an element. */
  static int[] codes(float[] values, float[] scales) {
    int[] codes = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      float scaled = values[i] * (1 / scales[i / 64]);
      float best = Float.POSITIVE_INFINITY;
      for (int code = 0; code < 16; code++) {
        float distance = Math.abs(scaled - Nf4Code.value(code));
        if (distance < best) {
          best = distance;
          codes[i] = code;
        }
      }
    }
    return codes;
  }

  /** Scales after a way through eight bits. */
  static float[] nested(float[] scales, float mean) {
    float[] map = DynamicMap.values();
    float[] back = new float[scales.length];
    for (int start = 0; start < scales.length; start += 256) {
      int end = Math.min(scales.length, start + 256);
      float largest = 0;
      for (int i = start; i < end; i++) {
        largest = Math.max(largest, Math.abs(scales[i] - mean));
      }
      for (int i = start; i < end; i++) {
        int best = 0;
        for (int code = 1; code < 256; code++) {
          float scaled = (scales[i] - mean) / largest;
          if (Math.abs(scaled - map[code]) < Math.abs(scaled - map[best])) {
            best = code;
          }
        }
        back[i] = map[best] * largest + mean;
      }
    }
    return back;
  }

  /** The values of codes. */
  static float[] values(int[] codes, float[] scales) {
    float[] values = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      values[i] = Nf4Code.value(codes[i]) * scales[i / 64];
    }
    return values;
  }
}
