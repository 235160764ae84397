package io.arete.rlaif.config;

import io.arete.rlaif.data.Facet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** A number for every facet. */
final class ByFacet {

  private ByFacet() {}

  /** An unmodifiable copy in the order of the facets. */
  static Map<Facet, Integer> copy(Map<Facet, Integer> numbers) {
    if (numbers.size() != Facet.values().length) {
      throw new IllegalArgumentException("A number is needed for every facet, got " + numbers);
    }
    return Collections.unmodifiableMap(new EnumMap<>(numbers));
  }
}
