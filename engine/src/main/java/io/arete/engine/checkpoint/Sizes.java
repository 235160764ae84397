package io.arete.engine.checkpoint;

import java.util.List;
import java.util.OptionalLong;

/** Size arithmetic on numbers that a file claims. */
final class Sizes {

  private Sizes() {}

  /** Product of {@code shape} (1 if empty), or empty if a dimension is negative or it overflows. */
  static OptionalLong elements(List<Long> shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0 || Math.multiplyHigh(product, dimension) != 0) {
        return OptionalLong.empty();
      }
      product *= dimension;
      if (product < 0) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(product);
  }

  /** Bytes of a tensor, or empty if a dimension is negative or the number overflows. */
  static OptionalLong bytes(List<Long> shape, int bytesPerElement) {
    OptionalLong elements = elements(shape);
    if (elements.isEmpty() || elements.getAsLong() > Long.MAX_VALUE / bytesPerElement) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(elements.getAsLong() * bytesPerElement);
  }
}
