package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/** F16: one float16 in 2 bytes. */
record F16Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    target[at] = FloatBits.fromHalf(source.getShort());
  }
}
