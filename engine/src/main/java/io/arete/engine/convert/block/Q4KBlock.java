package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q4_K, 256 elements in 144 bytes: d, m, 12 bytes of {@link SixBitScales}, 128 bytes q. Elements
 * form 8 groups of 32 with scale s and minimum t; element i of group g = (d · s[g]) · n − (m ·
 * t[g]), where n is the low nibble of q[32 · (g / 2) + i] for even g, the high one for odd g.
 */
record Q4KBlock() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    float minimum = FloatBits.fromHalf(source.getShort());
    SixBitScales scales = SixBitScales.read(source);
    int quants = source.position();
    for (int i = 0; i < 256; i++) {
      int group = i / 32;
      int pair = source.get(quants + 32 * (group / 2) + i % 32);
      int nibble = pair >>> (4 * (group % 2)) & 0xF;
      target[at + i] = scale * scales.scale(group) * nibble - minimum * scales.minimum(group);
    }
    source.position(quants + 128);
  }
}
