package io.arete.engine.convert;

import io.arete.engine.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** The elements of one weight as float32, any part of them at a time. */
sealed interface Floats permits StoredFloats, Floats.InMemory {

  /** Copies {@code count} elements from number {@code first} on to the start of {@code target}. */
  void read(long first, float[] target, int count);

  /** Of a tensor that stays in the innermost scope while it is read. */
  static Floats of(Tensor tensor) {
    return new InMemory(tensor.memory());
  }

  /**
   * Elements that are float32 already.
   *
   * @param chunks all but the last of one length
   */
  record InMemory(List<ByteBuffer> chunks) implements Floats {

    @Override
    public void read(long first, float[] target, int count) {
      long inChunk = chunks.get(0).capacity() / Float.BYTES;
      for (int i = 0; i < count; i++) {
        long element = first + i;
        ByteBuffer chunk = chunks.get((int) (element / inChunk));
        target[i] = chunk.getFloat((int) (element % inChunk) * Float.BYTES);
      }
    }
  }
}
