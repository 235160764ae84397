package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/** Q8_0, 32 elements in 34 bytes: d, 32 signed bytes q. Element i = d · q[i]. */
record Q80Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    float scale = FloatBits.fromHalf(source.getShort());
    for (int i = 0; i < 32; i++) {
      target[at + i] = source.get() * scale;
    }
  }
}
