package io.arete.world.text;

import java.util.List;

/**
 * Fillings of one sort, such as persons.
 *
 * @param name of the slot for whole fillings
 * @param briefName of the slot for brief ones
 * @param fillings all of them
 */
public record FillingSort(String name, String briefName, List<Filling> fillings) {

  /** Copies the fillings. */
  public FillingSort {
    fillings = List.copyOf(fillings);
  }
}
