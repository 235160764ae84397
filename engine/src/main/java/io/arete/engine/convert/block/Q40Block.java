package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q4_0, 32 elements in 18 bytes: d, 16 bytes q. Element i = d · (n − 8), where n is the low nibble
 * of q[i] for i &lt; 16 and the high nibble of q[i − 16] for the others.
 */
record Q40Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    for (int i = 0; i < 16; i++) {
      int pair = source.get();
      target[at + i] = ((pair & 0xF) - 8) * scale;
      target[at + 16 + i] = ((pair >>> 4 & 0xF) - 8) * scale;
    }
  }
}
