package io.arete.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor to be written.
 *
 * @param name its name, not empty and not {@code __metadata__}
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param content writes its bytes, little-endian, row by row, as many as shape and dtype say;
 *     called once, when its turn comes, so that one tensor at a time need be in memory
 */
public record NamedTensor(
    String name, StoredDtype dtype, List<Long> shape, AtomicFile.Body content) {

  public NamedTensor {
    shape = List.copyOf(shape);
    if (Sizes.bytes(shape, dtype.bytesPerElement()).isEmpty()) {
      throw new IllegalArgumentException("tensor " + name + " cannot have the shape " + shape);
    }
  }

  /** A tensor whose bytes are at hand; the chunks' positions are left as they are. */
  public static NamedTensor of(
      String name, StoredDtype dtype, List<Long> shape, List<ByteBuffer> chunks) {
    return new NamedTensor(
        name,
        dtype,
        shape,
        sink -> {
          for (ByteBuffer chunk : chunks) {
            sink.write(chunk.duplicate());
          }
        });
  }

  /** A float32 tensor with these elements, row by row; the array must not change until written. */
  public static NamedTensor float32(String name, List<Long> shape, float[] elements) {
    return new NamedTensor(
        name,
        StoredDtype.F32,
        shape,
        sink -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(Math.multiplyExact(elements.length, Float.BYTES))
                  .order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(elements);
          sink.write(bytes);
        });
  }

  /** The number of bytes that {@code content} writes. */
  public long bytes() {
    return Sizes.bytes(shape, dtype.bytesPerElement()).orElseThrow();
  }
}
