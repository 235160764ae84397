package io.arete.rlaif.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs whose results a run may take over instead of making them again.
 *
 * @param feedback the run whose fine-tuning and feedback are this run's, whatever its seed; empty =
 *     this run makes its own
 * @param alike runs whose results are taken wherever seed, machine and inputs are the same, the
 *     first that has them
 */
public record Donors(Optional<Path> feedback, List<Path> alike) {

  /** A run that makes everything itself. */
  public static final Donors NONE = new Donors(Optional.empty(), List.of());

  /** Copies the list. */
  public Donors {
    alike = List.copyOf(alike);
  }
}
