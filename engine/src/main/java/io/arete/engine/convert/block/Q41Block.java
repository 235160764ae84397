package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q4_1, 32 elements in 20 bytes: d, m, 16 bytes q. Element i = d · n + m, where n is the low nibble
 * of q[i] for i &lt; 16 and the high nibble of q[i − 16] for the others.
 */
record Q41Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    float minimum = FloatBits.fromHalf(source.getShort());
    for (int i = 0; i < 16; i++) {
      int pair = source.get();
      target[at + i] = (pair & 0xF) * scale + minimum;
      target[at + 16 + i] = (pair >>> 4 & 0xF) * scale + minimum;
    }
  }
}
