package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
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
    return within(
        run,
        needed,
        (recipe, folder) -> {
          RecipeFiles.check(recipe, folder.recipe().toString());
          try (LoadedRun loaded =
              LoadedRun.load(
                  recipe,
                  folder,
                  constitution(recipe),
                  form(recipe),
                  dtype(recipe, folder),
                  listener)) {
            return work.apply(loaded.context());
          }
        });
  }

  /**
   * Loads a run's reward models, which then need the folder no more. The caller closes what is
   * returned; prompts and pairs of the recipe need not be there.
   *
   * @throws AreteException if the folder is no run, is in use, or has no reward models yet
   */
  public static RunEnsemble ensemble(Path run) {
    return within(
        run,
        Stage.REWARD,
        (recipe, folder) -> {
          ChatModel model =
              ChatModel.load(
                  recipe.general().base(), form(recipe), dtype(recipe, folder), Device.CPU);
          try {
            return RunEnsemble.load(
                new StageContext(
                    recipe,
                    folder,
                    model,
                    constitution(recipe),
                    RunData.onlySplits(folder),
                    StageListener.SILENT));
          } catch (RuntimeException e) {
            model.close();
            throw e;
          }
        });
  }

  private static <T> T within(Path run, Stage needed, BiFunction<Recipe, RunFolder, T> work) {
    // Before the folder is opened, which would make one that is not there.
    RunManifest.ofRun(run);
    try (RunFolder folder = RunFolder.openMade(run)) {
      if (RunManifest.read(folder.manifest()).stage(needed).state() != StageRecord.State.DONE) {
        throw new AreteException(
            run + " has not done its stage " + needed.wireName() + "; run its recipe first.");
      }
      Recipe recipe = RecipeReader.read(folder.recipe(), List.of());
      Threads.use(recipe.general().threads());
      return work.apply(recipe, folder);
    }
  }

  private static Constitution constitution(Recipe recipe) {
    return Constitution.load(recipe.general().constitution());
  }

  private static BaseForm form(Recipe recipe) {
    return RunEnvironment.form(recipe.general().tuning());
  }

  private static Dtype dtype(Recipe recipe, RunFolder folder) {
    return RunEnvironment.dtype(recipe.general(), folder, Device.CPU);
  }
}
