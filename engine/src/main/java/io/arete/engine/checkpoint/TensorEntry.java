package io.arete.engine.checkpoint;

import java.util.List;

/**
 * Where one tensor lies in a file.
 *
 * @param name the tensor's name in the file
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar; none is negative
 * @param offset its first byte, counted from the start of the file
 * @param bytes its length; always the product of {@code shape} times the element size
 */
public record TensorEntry(
    String name, StoredDtype dtype, List<Long> shape, long offset, long bytes) {

  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** The number of elements, the product of the dimensions. */
  public long elements() {
    return bytes / dtype.bytesPerElement();
  }
}
