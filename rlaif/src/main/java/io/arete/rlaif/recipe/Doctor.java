package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.check.RunChecks;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.gate.CheckReadings;
import io.arete.rlaif.gate.GateNames;
import io.arete.rlaif.gate.GatePhase;
import io.arete.rlaif.gate.GateReadings;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All gates on a run as it lies there, finished, stopped or old: what the stages left is read
 * again, and experiments that are missing are made. Nothing of the run is changed but its {@code
 * checks/}.
 */
public final class Doctor {

  private final RunFolder folder;
  private final RunManifest manifest;
  private final Recipe recipe;
  private final Optional<StageContext> context;
  private final String whyNoExperiments;
  private final Map<GatePhase, List<GateResult>> found = new EnumMap<>(GatePhase.class);

  private Doctor(
      RunFolder folder,
      RunManifest manifest,
      Recipe recipe,
      Optional<StageContext> context,
      String whyNoExperiments) {
    this.folder = folder;
    this.manifest = manifest;
    this.recipe = recipe;
    this.context = context;
    this.whyNoExperiments = whyNoExperiments;
  }

  /**
   * Looks at a run.
   *
   * @param experiments whether models may be loaded and asked; else only files are read
   * @throws AreteException if the folder is no run or is in use
   */
  public static DoctorReport examine(Path run, boolean experiments, StageListener listener) {
    RunManifest manifest = RunManifest.ofRun(run);
    try (RunFolder folder = RunFolder.openMade(run)) {
      Recipe recipe = RecipeReader.read(folder.recipe(), List.of());
      if (!experiments || !done(manifest, Stage.FEEDBACK)) {
        String why = experiments ? "" : "experiments were not asked for";
        return new Doctor(folder, manifest, recipe, Optional.empty(), why).report();
      }
      try (LoadedRun loaded = load(recipe, folder, listener)) {
        return new Doctor(folder, manifest, recipe, Optional.of(loaded.context()), "").report();
      } catch (AreteException e) {
        return new Doctor(
                folder, manifest, recipe, Optional.empty(), String.valueOf(e.getMessage()))
            .report();
      }
    }
  }

  private static LoadedRun load(Recipe recipe, RunFolder folder, StageListener listener) {
    RecipeFiles.check(recipe, folder.recipe().toString());
    Threads.use(recipe.general().threads());
    return LoadedRun.load(
        recipe,
        folder,
        Constitution.load(recipe.general().constitution()),
        RunEnvironment.form(recipe.general().tuning()),
        RunEnvironment.dtype(recipe.general(), folder, Device.CPU),
        listener);
  }

  private DoctorReport report() {
    found.put(GatePhase.BEFORE_FEEDBACK, Diagnosis.labels(recipe).calibration(folder));
    found.put(GatePhase.BEFORE_REWARD, beforeReward());
    found.put(GatePhase.BEFORE_PPO, beforePpo());
    found.put(GatePhase.DURING_PPO, duringPpo());
    found.put(GatePhase.VERDICT, verdict());
    found.forEach((phase, results) -> results.addAll(untold(phase, results)));
    Set<String> forced =
        manifest.stages().values().stream()
            .flatMap(stage -> stage.forced().stream())
            .collect(Collectors.toSet());
    return new DoctorReport(folder.root().toString(), found, forced);
  }

  private List<GateResult> beforeReward() {
    return reading(
        Stage.FEEDBACK,
        () -> Diagnosis.labels(recipe).feedback(folder),
        run -> Diagnosis.beforeReward(run));
  }

  private List<GateResult> beforePpo() {
    return reading(
        Stage.REWARD,
        () -> Diagnosis.rewardModels(folder, recipe),
        run -> Diagnosis.beforePpo(run));
  }

  private List<GateResult> duringPpo() {
    List<GateResult> results = new ArrayList<>();
    // DPO samples nothing whose drift could be told.
    List<GateResult> drift =
        recipe.ppo().fromPairs()
            ? List.of()
            : GateReadings.drift(
                folder,
                recipe.gates(),
                recipe.ppo().iterations(),
                (long) recipe.ppo().promptsPerIteration() * recipe.ppo().samplesPerPrompt());
    // The round that a gate stopped is not in the log, so what it found is told by its file alone.
    List<GateResult> written = GateReadings.written(folder.gates(), GatePhase.DURING_PPO);
    Set<String> halted =
        written.stream()
            .filter(GateResult::halts)
            .map(GateResult::title)
            .collect(Collectors.toSet());
    List<GateResult> again =
        drift.stream().filter(result -> !halted.contains(result.title())).toList();
    Set<String> judged = again.stream().map(GateResult::title).collect(Collectors.toSet());
    written.stream().filter(result -> !judged.contains(result.title())).forEach(results::add);
    results.addAll(again);
    boolean known = results.stream().anyMatch(result -> result.name().equals("unchanged-replies"));
    if (!known && done(manifest, Stage.PPO) && context.isPresent()) {
      results.addAll(
          new CheckReadings(recipe.gates().checks())
              .greedy(new RunChecks(context.get()).greedyAtTheEnd()));
    }
    return results;
  }

  private List<GateResult> verdict() {
    return reading(
        Stage.EVALUATION,
        () -> GateReadings.verdict(EvaluationStage.summary(folder)),
        run ->
            sameMachine()
                ? Diagnosis.verdict(run)
                : GateReadings.verdict(EvaluationStage.summary(folder)));
  }

  /** Bytes are promised on the machine that made them. */
  private boolean sameMachine() {
    Map<String, String> before = manifest.environment();
    return before.getOrDefault("processor", "").equals(Threads.processor())
        && before.getOrDefault("threads", "").equals(Integer.toString(Threads.count()));
  }

  /** What may be asked of a run with its models. */
  private interface Experiments {
    List<GateResult> of(StageContext context);
  }

  private List<GateResult> reading(
      Stage needed, Supplier<List<GateResult>> files, Experiments experiments) {
    if (!done(manifest, needed)) {
      return new ArrayList<>();
    }
    return new ArrayList<>(context.map(experiments::of).orElseGet(files));
  }

  /** What of a phase's gates has said nothing, and why. */
  private List<GateResult> untold(GatePhase phase, List<GateResult> results) {
    Set<String> told = results.stream().map(GateResult::name).collect(Collectors.toSet());
    return GateNames.of(phase).stream()
        .filter(name -> !told.contains(name))
        .map(name -> GateResult.silent(name, why(phase)))
        .toList();
  }

  private String why(GatePhase phase) {
    Stage needed =
        switch (phase) {
          case BEFORE_FEEDBACK, BEFORE_REWARD -> Stage.FEEDBACK;
          case BEFORE_PPO -> Stage.REWARD;
          case DURING_PPO -> Stage.PPO;
          case VERDICT -> Stage.EVALUATION;
        };
    if (!done(manifest, needed)) {
      return "the stage " + needed.wireName() + " is not done";
    }
    if (context.isEmpty()) {
      return whyNoExperiments;
    }
    return phase == GatePhase.VERDICT && !sameMachine()
        ? "this is not the processor, or the number of threads, that the run was made with"
        : "the run has left nothing to read for it";
  }

  private static boolean done(RunManifest manifest, Stage stage) {
    return manifest.stage(stage).state() == StageRecord.State.DONE;
  }
}
