package io.arete.engine.checkpoint;

import java.util.List;

/**
 * Where one tensor lies in a GGUF file.
 *
 * @param name llama.cpp's name of it, such as {@code blk.0.attn_q.weight}
 * @param type how its elements are encoded
 * @param shape its dimensions, outermost first (GGUF itself stores them innermost first)
 * @param offset its first byte, counted from the start of the file
 * @param bytes its length
 */
public record GgufTensor(String name, GgmlType type, List<Long> shape, long offset, long bytes) {

  public GgufTensor {
    shape = List.copyOf(shape);
  }

  /** The number of elements, the product of the dimensions. */
  public long elements() {
    return bytes / type.blockBytes() * type.blockElements();
  }
}
