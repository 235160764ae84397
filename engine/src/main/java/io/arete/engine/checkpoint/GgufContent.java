package io.arete.engine.checkpoint;

import java.util.List;

/**
 * A tensor of a GGUF file to be written.
 *
 * @param name llama.cpp's name of it
 * @param type how its elements are encoded
 * @param shape its dimensions, outermost first; the last is a multiple of the type's block
 * @param content writes its bytes, as many as shape and type say; called once, when its turn comes
 */
public record GgufContent(String name, GgmlType type, List<Long> shape, AtomicFile.Body content) {

  public GgufContent {
    shape = List.copyOf(shape);
    if (shape.isEmpty()
        || Sizes.bytes(shape, type.blockBytes()).isEmpty()
        || shape.get(shape.size() - 1) % type.blockElements() != 0) {
      throw new IllegalArgumentException(
          "tensor %s cannot have the shape %s as %s".formatted(name, shape, type));
    }
  }

  /** The number of bytes that {@code content} writes. */
  public long bytes() {
    return Sizes.elements(shape).orElseThrow() / type.blockElements() * type.blockBytes();
  }
}
