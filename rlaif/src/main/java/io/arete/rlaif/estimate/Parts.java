package io.arete.rlaif.estimate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Bytes that are held at one time, by what they are for.
 *
 * @param bytes never negative
 */
record Parts(Map<Part, Double> bytes) {

  static final Parts NONE = new Parts(Map.of());

  /** Copies the map. */
  Parts {
    EnumMap<Part, Double> copy = new EnumMap<>(Part.class);
    copy.putAll(bytes);
    bytes = Collections.unmodifiableMap(copy);
  }

  /** The same and more for one of them. */
  Parts plus(Part part, double more) {
    EnumMap<Part, Double> sum = new EnumMap<>(Part.class);
    sum.putAll(bytes);
    sum.merge(part, more, Double::sum);
    return new Parts(sum);
  }

  /** Both together. */
  Parts plus(Parts other) {
    Parts sum = this;
    for (Map.Entry<Part, Double> more : other.bytes.entrySet()) {
      sum = sum.plus(more.getKey(), more.getValue());
    }
    return sum;
  }

  double of(Part part) {
    return bytes.getOrDefault(part, 0.0);
  }

  double total() {
    return bytes.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
