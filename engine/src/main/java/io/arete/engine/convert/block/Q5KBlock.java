package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q5_K, 256 elements in 176 bytes: d, m, 12 bytes of {@link SixBitScales}, 32 bytes h, 128 bytes q.
 * As {@link Q4KBlock}, but bit 4 of n is bit g of h[i].
 */
record Q5KBlock() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    float minimum = FloatBits.fromHalf(source.getShort());
    SixBitScales scales = SixBitScales.read(source);
    int highs = source.position();
    int quants = highs + 32;
    for (int i = 0; i < 256; i++) {
      int group = i / 32;
      int pair = source.get(quants + 32 * (group / 2) + i % 32);
      int high = source.get(highs + i % 32) >>> group & 1;
      int quant = (pair >>> (4 * (group % 2)) & 0xF) | high << 4;
      target[at + i] = scale * scales.scale(group) * quant - minimum * scales.minimum(group);
    }
    source.position(quants + 128);
  }
}
