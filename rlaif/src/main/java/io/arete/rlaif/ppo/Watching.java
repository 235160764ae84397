package io.arete.rlaif.ppo;

import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.run.NumberedFolders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at the policy every so often, shows what it sees to whoever watches, and writes the policy
 * down whose watch score is the best so far.
 */
final class Watching {

  /** The best policy's folders while a run goes on; {@code best} when it is done. */
  static final String BEST = "best";

  private final PpoSection settings;
  private final Optional<PolicyLooks> looks;
  private final PpoModels models;
  private final PpoWatch watch;
  private final NumberedFolders folders;
  private final List<PolicyLook> seen;

  /**
   * Goes on where a checkpoint left it.
   *
   * @param folders of the best policies
   * @param seen looks so far
   * @param best what the checkpoint names; other folders are deleted
   */
  Watching(
      PpoSection settings,
      Optional<PolicyLooks> looks,
      PpoModels models,
      PpoWatch watch,
      NumberedFolders folders,
      List<PolicyLook> seen,
      Optional<TrainerState.Best> best) {
    this.settings = settings;
    this.looks = looks;
    this.models = models;
    this.watch = watch;
    this.folders = folders;
    this.seen = new ArrayList<>(seen);
    saved(best);
  }

  /**
   * Looks, if it is time to.
   *
   * @param iteration that is done; 0 = none yet
   * @return the best so far with this look
   */
  Optional<TrainerState.Best> after(
      long iteration, Optional<TrainerState.Best> best, PpoLogs logs) {
    boolean due =
        iteration % Math.max(1, settings.watch().every()) == 0
            || iteration == settings.iterations();
    return due && looks.isPresent() ? look(looks.get(), iteration, best, logs) : best;
  }

  private Optional<TrainerState.Best> look(
      PolicyLooks through, long iteration, Optional<TrainerState.Best> best, PpoLogs logs) {
    PolicyLook look;
    try (StackedModel policy = models.policy().trainee().frozen()) {
      PolicyLooks.Looked looked = through.look(iteration, policy, models.reference());
      look = looked.look();
      logs.append(looked);
    }
    seen.add(look);
    watch.afterLook(List.copyOf(seen));
    if (iteration == 0 || look.watchScore().isEmpty()) {
      return best;
    }
    double score = look.watchScore().getAsDouble();
    if (best.isPresent() && best.get().score() >= score) {
      return best;
    }
    models.policy().trainee().write(folders.of(iteration), Optional.empty());
    return Optional.of(new TrainerState.Best(iteration, score));
  }

  /** A checkpoint names the best: what no checkpoint names any more is deleted. */
  void saved(Optional<TrainerState.Best> best) {
    folders.keepOnly(
        best.map(one -> OptionalLong.of(one.iteration())).orElseGet(OptionalLong::empty));
  }
}
