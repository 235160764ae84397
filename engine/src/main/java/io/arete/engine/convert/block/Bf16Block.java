package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/** BF16: the upper half of one float32 in 2 bytes. */
record Bf16Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    target[at] = FloatBits.fromBfloat16(source.getShort());
  }
}
