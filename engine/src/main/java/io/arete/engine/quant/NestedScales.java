package io.arete.engine.quant;

import io.arete.engine.Formula;

/**
 * Scales in eight bits ("double quantisation"): their mean is taken off, and what is left, d, is
 * quantised in blocks of 256 by the dynamic map: {@code code(d) = argmin over i of |d / m −
 * map(i)|} with {@code m = max |d|} over the block. Back: {@code map(code) · m + mean}, each step
 * rounded to float32.
 *
 * @param codes one a scale
 * @param maxima one a block of scales
 * @param mean what is added to every scale
 */
@Formula(paper = "Dettmers et al. 2023, QLoRA, arXiv 2305.14314", eq = "6, double quantisation")
record NestedScales(byte[] codes, float[] maxima, float mean) {

  /** Scales that share a maximum. */
  static final int SIZE = 256;

  /** How many blocks so many scales make. */
  static long count(long scales) {
    return (scales + SIZE - 1) / SIZE;
  }

  /**
   * Quantises scales.
   *
   * @param map the values of {@link DynamicMap}
   */
  static NestedScales of(float[] scales, float[] map) {
    float mean = OrderedMean.of(scales);
    byte[] codes = new byte[scales.length];
    float[] maxima = new float[(int) count(scales.length)];
    for (int block = 0; block < maxima.length; block++) {
      int start = block * SIZE;
      int end = Math.min(scales.length, start + SIZE);
      float largest = 0;
      for (int i = start; i < end; i++) {
        largest = Math.max(largest, Math.abs(scales[i] - mean));
      }
      maxima[block] = largest;
      for (int i = start; i < end; i++) {
        // Equal scales leave nothing but zeros, which any maximum leaves zeros.
        float scaled = largest == 0 ? 0 : (scales[i] - mean) / largest;
        codes[i] = (byte) DynamicMap.nearest(map, scaled);
      }
    }
    return new NestedScales(codes, maxima, mean);
  }

  /** One scale back from its code. */
  static float scale(float mapped, float maximum, float mean) {
    float difference = mapped * maximum;
    return difference + mean;
  }
}
