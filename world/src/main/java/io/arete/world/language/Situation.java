package io.arete.world.language;

import io.arete.world.bank.Schema;
import java.util.Map;

/**
 * A schema with its names, objects and places.
 *
 * @param schema what happens
 * @param fillings what stands in each slot, whole and brief
 */
public record Situation(Schema schema, Map<String, String> fillings) {

  /** Copies the fillings. */
  public Situation {
    fillings = Map.copyOf(fillings);
  }
}
