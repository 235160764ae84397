package io.arete.rlaif.recipe;

import io.arete.rlaif.config.RecipeReader;
import java.nio.file.Path;

/** All runs of a recipe, each begun only if it fits into the memory that is free. */
public final class GuardedRun {

  private GuardedRun() {}

  /**
   * Does what {@link TreeRun} does, and tells before each run what memory it will need.
   *
   * @param ignoreMemory begin although a run does not fit by estimate
   * @throws io.arete.engine.AreteException as {@link TreeRun}, or if a run does not fit, with what
   *     would
   */
  public static void run(PipelineRequest request, boolean ignoreMemory) {
    TreeRun.run(request, run -> requireRoom(run, ignoreMemory));
  }

  private static void requireRoom(PipelineRequest run, boolean ignoreMemory) {
    RunForecast forecast = RunForecast.of(run, false);
    forecast.line().ifPresent(run.listener()::note);
    if (!ignoreMemory) {
      String written = run.recipe().toYaml();
      forecast.requireRoom(more -> RecipeReader.parse(written, "recipe", Path.of(""), more));
    }
  }
}
