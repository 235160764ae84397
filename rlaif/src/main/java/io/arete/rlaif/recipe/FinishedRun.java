package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A run that is asked something more, with its own recipe and element type. */
public final class FinishedRun {

  private FinishedRun() {}

  /**
   * Opens a run, does the work, closes it.
   *
   * @param needed the last stage that must be done
   * @throws AreteException if the folder is no run, is in use, or has not come that far
   */
  public static <T> T with(
      Path run, Stage needed, StageListener listener, Function<StageContext, T> work) {
    // Before the folder is opened, which would make one that is not there.
    RunManifest.ofRun(run);
    try (RunFolder folder = RunFolder.open(run)) {
      if (RunManifest.read(folder.manifest()).stage(needed).state() != StageRecord.State.DONE) {
        throw new AreteException(
            run + " has not done its stage " + needed.wireName() + "; run its recipe first.");
      }
      Recipe recipe = RecipeReader.read(folder.recipe(), List.of());
      RecipeFiles.check(recipe, folder.recipe().toString());
      Threads.use(recipe.general().threads());
      Constitution constitution = Constitution.load(recipe.general().constitution());
      try (LoadedRun loaded =
          LoadedRun.load(
              recipe,
              folder,
              constitution,
              RunEnvironment.form(recipe.general().tuning()),
              RunEnvironment.dtype(recipe.general(), folder, Device.CPU),
              listener)) {
        return work.apply(loaded.context());
      }
    }
  }
}
