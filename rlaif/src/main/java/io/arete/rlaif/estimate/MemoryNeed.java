package io.arete.rlaif.estimate;

import io.arete.rlaif.run.Stage;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a stage needs at its highest.
 *
 * @param stage which
 * @param parts bytes by what they are for
 */
public record MemoryNeed(Stage stage, Map<Part, Double> parts) {

  /** Copies the map. */
  public MemoryNeed {
    EnumMap<Part, Double> copy = new EnumMap<>(Part.class);
    copy.putAll(parts);
    parts = Collections.unmodifiableMap(copy);
  }

  /** All parts together, bytes. */
  public double bytes() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The parts of which there is something, the largest first. */
  public List<Map.Entry<Part, Double>> largestFirst() {
    return parts.entrySet().stream()
        .filter(part -> part.getValue() > 0)
        .sorted(Map.Entry.<Part, Double>comparingByValue(Comparator.reverseOrder()))
        .toList();
  }

  /**
   * The largest part that settings can change: what is kept of freed memory follows from others.
   */
  public Map.Entry<Part, Double> cause() {
    return largestFirst().stream()
        .filter(part -> part.getKey() != Part.KEPT)
        .findFirst()
        .orElseThrow();
  }
}
