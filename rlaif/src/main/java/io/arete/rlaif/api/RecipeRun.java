package io.arete.rlaif.api;

import io.arete.engine.AreteException;
import io.arete.engine.BuiltVersions;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.gate.GateNames;
import io.arete.rlaif.recipe.GuardedRun;
import io.arete.rlaif.recipe.PipelineRequest;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;

/**
 * A recipe that is run as {@code arete run} runs it: stage by stage, with gates between. A run that
 * was cancelled, or killed, goes on where it was when it is run again, and ends with the same
 * bytes. Threads: see the package.
 */
public final class RecipeRun implements AutoCloseable {

  private final Turns turns = new Turns("This run");
  private final Path folder;
  private final PipelineRequest request;
  private final boolean ignoreMemory;

  private RecipeRun(RunSettings settings, StageListener listener) {
    Recipe recipe = RecipeReader.read(settings.recipe(), settings.overrides());
    this.folder = settings.folder().orElseGet(() -> Path.of("runs", recipe.general().name()));
    this.ignoreMemory = settings.ignoreMemory();
    this.request =
        new PipelineRequest(
            recipe,
            folder,
            settings.from(),
            settings.to(),
            settings.forced(),
            BuiltVersions.ofResults(),
            new StoppingListener(listener, turns));
  }

  /**
   * Reads a recipe; nothing runs yet.
   *
   * @throws AreteException if the recipe is wrong, or a gate that shall not stop does not exist
   */
  public static RecipeRun of(RunSettings settings) {
    return of(settings, StageListener.SILENT);
  }

  /**
   * As the other.
   *
   * @param listener told of progress while {@link #run} runs, on its thread or others, one call at
   *     a time; what it throws ends the run as a cancellation does
   * @throws AreteException if the recipe is wrong, or a gate that shall not stop does not exist
   */
  public static RecipeRun of(RunSettings settings, StageListener listener) {
    GateNames.requireForceable(settings.forced());
    return new RecipeRun(settings, listener);
  }

  /** Where the run is, or will be. */
  public Path folder() {
    return folder;
  }

  /**
   * Does what is asked and not done yet, on the calling thread.
   *
   * @return the run's folder
   * @throws io.arete.rlaif.gate.GateStop if a gate stops the run
   * @throws AreteException if it fails, or does not fit into the free memory
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Path run() {
    return turns.call(
        () -> {
          GuardedRun.run(request, ignoreMemory);
          return folder;
        });
  }

  /** Ends the run under way at its next step; {@link #run} goes on with it. */
  public void cancel() {
    turns.cancel();
  }

  /** Ends the run under way, and waits for that. */
  @Override
  public void close() {
    turns.close(() -> {});
  }
}
