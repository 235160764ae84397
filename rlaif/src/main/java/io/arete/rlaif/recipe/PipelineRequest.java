package io.arete.rlaif.recipe;

import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What shall be done.
 *
 * @param recipe what was asked
 * @param folder the run's folder
 * @param from the stage to begin with, whose own results are made anew; empty = where the run is
 * @param to the last stage
 * @param forced names of gates that do not halt
 * @param versions of the programs that results depend on
 * @param listener told of progress
 * @param donors runs whose results may be taken over
 */
public record PipelineRequest(
    Recipe recipe,
    Path folder,
    Optional<Stage> from,
    Stage to,
    Set<String> forced,
    Map<String, String> versions,
    StageListener listener,
    Donors donors) {

  /** Copies the collections. */
  public PipelineRequest {
    forced = Set.copyOf(forced);
    versions = Map.copyOf(versions);
  }

  /** A run that makes everything itself. */
  public PipelineRequest(
      Recipe recipe,
      Path folder,
      Optional<Stage> from,
      Stage to,
      Set<String> forced,
      Map<String, String> versions,
      StageListener listener) {
    this(recipe, folder, from, to, forced, versions, listener, Donors.NONE);
  }

  /** The same for another run. */
  PipelineRequest of(
      Recipe other, Path itsFolder, Optional<Stage> itsFrom, Stage itsTo, Donors its) {
    return new PipelineRequest(other, itsFolder, itsFrom, itsTo, forced, versions, listener, its);
  }
}
