package io.arete.cli;

import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The runs of a study, each opened and locked once. */
final class AttackedRuns {

  private final Map<Path, StageContext> contexts = new HashMap<>();

  private AttackedRuns() {}

  /** Opens runs, does the work, closes them. */
  static <T> T with(List<Path> runs, Function<AttackedRuns, T> work) {
    return with(
        runs.stream().map(AttackedRuns::name).distinct().toList(), new AttackedRuns(), work);
  }

  private static <T> T with(List<Path> runs, AttackedRuns opened, Function<AttackedRuns, T> work) {
    if (runs.isEmpty()) {
      return work.apply(opened);
    }
    return FinishedRun.with(
        runs.get(0),
        Stage.PPO,
        StageListener.SILENT,
        context -> {
          opened.contexts.put(runs.get(0), context);
          return with(runs.subList(1, runs.size()), opened, work);
        });
  }

  /** One of them. */
  StageContext of(Path run) {
    return Objects.requireNonNull(contexts.get(name(run)));
  }

  private static Path name(Path run) {
    return run.toAbsolutePath().normalize();
  }
}
