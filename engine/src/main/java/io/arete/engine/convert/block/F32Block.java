package io.arete.engine.convert.block;

import java.nio.ByteBuffer;

/** F32: one float32 in 4 bytes. */
record F32Block() implements BlockDecoder {

  @Override
  public void decode(ByteBuffer source, float[] target, int at) {
    target[at] = source.getFloat();
  }
}
