package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/**
 * Q5_1, 32 elements in 24 bytes: d, m, 32 bits h (4 bytes), 16 bytes q. Element i = d · n + m, n as
 * in {@link Q50Block}.
 */
record Q51Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    float minimum = FloatBits.fromHalf(source.getShort());
    int high = source.getInt();
    for (int i = 0; i < 16; i++) {
      int pair = source.get();
      int first = (pair & 0xF) | (high >>> i & 1) << 4;
      int second = (pair >>> 4 & 0xF) | (high >>> (i + 16) & 1) << 4;
      target[at + i] = first * scale + minimum;
      target[at + 16 + i] = second * scale + minimum;
    }
  }
}
