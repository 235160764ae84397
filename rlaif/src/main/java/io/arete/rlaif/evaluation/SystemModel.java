package io.arete.rlaif.evaluation;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.util.List;

/** The systems' models, read from the run's folder. */
public final class SystemModel {

  private SystemModel() {}

  /** Those of the systems that can be compared: without fine-tuning there is no such model. */
  static List<TestedSystem> systems(List<TestedSystem> asked, RunFolder folder) {
    return asked.stream()
        .filter(system -> system != TestedSystem.SFT || isFineTuned(folder))
        .toList();
  }

  /**
   * A system's model, which the caller closes.
   *
   * @throws io.arete.engine.AreteException if the stage that makes it has not left one
   */
  public static StackedModel of(TestedSystem system, RunFolder folder, DecoderModel base) {
    return switch (system) {
      case BASE, BASE_RULES -> StackedModel.plain(base);
      case SFT -> StackedModel.open(folder.stage(Stage.SFT), base);
      case BEST_OF_N ->
          isFineTuned(folder)
              ? StackedModel.open(folder.stage(Stage.SFT), base)
              : StackedModel.plain(base);
      case TUNED, TUNED_RULES -> StackedModel.open(folder.stage(Stage.PPO), base);
    };
  }

  private static boolean isFineTuned(RunFolder folder) {
    return StackedModel.isThere(folder.stage(Stage.SFT));
  }
}
