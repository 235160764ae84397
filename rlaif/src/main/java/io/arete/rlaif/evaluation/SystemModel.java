package io.arete.rlaif.evaluation;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.util.ArrayList;
import java.util.List;

/** The systems' models, read from the run's folder. */
public final class SystemModel {

  private SystemModel() {}

  /** Who can be compared: without supervised fine-tuning there is no second system. */
  static List<TestedSystem> systems(RunFolder folder) {
    List<TestedSystem> systems = new ArrayList<>();
    systems.add(TestedSystem.BASE);
    if (StackedModel.isThere(folder.stage(Stage.SFT))) {
      systems.add(TestedSystem.SFT);
    }
    systems.add(TestedSystem.TUNED);
    return systems;
  }

  /**
   * A system's model, which the caller closes.
   *
   * @throws io.arete.engine.AreteException if the stage that makes it has not left one
   */
  public static StackedModel of(TestedSystem system, RunFolder folder, DecoderModel base) {
    return switch (system) {
      case BASE -> StackedModel.plain(base);
      case SFT -> StackedModel.open(folder.stage(Stage.SFT), base);
      case TUNED -> StackedModel.open(folder.stage(Stage.PPO), base);
    };
  }
}
