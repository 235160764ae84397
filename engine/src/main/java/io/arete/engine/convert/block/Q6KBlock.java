package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q6_K, 256 elements in 210 bytes: 128 bytes l, 64 bytes h, 16 signed bytes s, d. Elements form two
 * halves of four quarters of 32; element i of quarter k of half f = (d · s[8f + 2k + i / 16]) · (n
 * − 32), where the lower four bits of n are a nibble of l[64f + 32 · (k % 2) + i], the low one for
 * k &lt; 2 and else the high one, and the upper two are bits 2k and 2k + 1 of h[32f + i].
 */
record Q6KBlock() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    int lows = source.position();
    int highs = lows + 128;
    int scales = highs + 64;
    float scale = FloatBits.fromHalf(source.getShort(scales + 16));
    for (int i = 0; i < 256; i++) {
      int half = i / 128;
      int quarter = i % 128 / 32;
      int low = source.get(lows + 64 * half + 32 * (quarter % 2) + i % 32);
      int high = source.get(highs + 32 * half + i % 32) >>> (2 * quarter) & 3;
      int quant = (low >>> (4 * (quarter / 2)) & 0xF) | high << 4;
      target[at + i] = scale * source.get(scales + i / 16) * (quant - 32);
    }
    source.position(scales + 18);
  }
}
