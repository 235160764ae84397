package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q5_0, 32 elements in 22 bytes: d, 32 bits h (4 bytes), 16 bytes q. Element i = d · (n − 16),
 * where bit 4 of n is bit i of h and its lower bits are the low nibble of q[i] for i &lt; 16, the
 * high nibble of q[i − 16] for the others.
 */
record Q50Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    int high = source.getInt();
    for (int i = 0; i < 16; i++) {
      int pair = source.get();
      int first = (pair & 0xF) | (high >>> i & 1) << 4;
      int second = (pair >>> 4 & 0xF) | (high >>> (i + 16) & 1) << 4;
      target[at + i] = (first - 16) * scale;
      target[at + 16 + i] = (second - 16) * scale;
    }
  }
}
