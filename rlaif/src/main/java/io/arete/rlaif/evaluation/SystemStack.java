package io.arete.rlaif.evaluation;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The adapters of the systems, read from the run's folder. */
public final class SystemStack {

  private SystemStack() {}

  /** Who can be compared: without supervised fine-tuning there is no second system. */
  static List<TestedSystem> systems(RunFolder folder) {
    List<TestedSystem> systems = new ArrayList<>();
    systems.add(TestedSystem.BASE);
    if (AdapterFiles.isAdapter(folder.stage(Stage.SFT))) {
      systems.add(TestedSystem.SFT);
    }
    systems.add(TestedSystem.TUNED);
    return systems;
  }

  /** The frozen adapters of a system, which the caller closes. */
  public static FrozenStack of(TestedSystem system, RunFolder folder, DecoderModel model) {
    return switch (system) {
      case BASE -> AdapterStack.BASE.frozen(model.config().layers(), model.dtype());
      case SFT -> read(folder.stage(Stage.SFT), model);
      case TUNED -> read(folder.stage(Stage.PPO), model);
    };
  }

  /** What PPO begins with, which the caller closes: the fine-tuned model, or else the base. */
  public static FrozenStack start(RunFolder folder, DecoderModel model) {
    List<TestedSystem> systems = systems(folder);
    return of(systems.get(systems.size() - 2), folder, model);
  }

  private static FrozenStack read(Path folder, DecoderModel model) {
    if (!AdapterFiles.isAdapter(folder)) {
      throw new AreteException(
          folder + " holds no adapter; run the stage that makes it before the evaluation.");
    }
    try (Adapter adapter = AdapterFiles.read(folder, model.config(), model.device())) {
      return new AdapterStack(List.of(adapter)).frozen(model.config().layers(), model.dtype());
    }
  }
}
