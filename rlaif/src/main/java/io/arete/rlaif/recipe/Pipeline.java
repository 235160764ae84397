package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.attack.AttackStage;
import io.arete.rlaif.check.RunChecks;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.dpo.DpoStage;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.feedback.FeedbackStage;
import io.arete.rlaif.gate.GateKeeper;
import io.arete.rlaif.gate.GatePhase;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.gate.PpoGates;
import io.arete.rlaif.ppo.PpoStage;
import io.arete.rlaif.reward.MaxLength;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunProgress;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.run.StageTimes;
import io.arete.rlaif.sft.SftStage;
import io.arete.rlaif.stage.LiveListener;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.WorkClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole way, stage by stage: {@code sft → feedback → reward → ppo → evaluation → attack}.
 *
 * <p>Each stage reads the files of those before it and writes its own, so the run can be cut
 * anywhere and goes on where it was.
 */
public final class Pipeline implements AutoCloseable {

  private final PipelineRequest request;
  private final LiveListener live;
  private final Recipe recipe;
  private final RunFolder folder;
  private final GateKeeper keeper;
  private final Constitution constitution;
  private final Dtype dtype;
  private final BaseForm form;
  private final RunProgress progress;
  private final StageInputs inputs;
  private final Taking taking;
  private @Nullable LoadedRun loaded;

  private Pipeline(PipelineRequest request, RunFolder folder, LiveListener live) {
    this.request = request;
    this.live = live;
    this.recipe = request.recipe();
    this.folder = folder;
    this.keeper = new GateKeeper(folder.gates(), request.forced());
    Threads.use(recipe.general().threads());
    this.constitution = Constitution.load(recipe.general().constitution());
    this.taking = new Taking(request.donors());
    this.dtype =
        RunEnvironment.dtype(recipe.general(), taking.manifests(folder.root()), Device.CPU);
    this.form = RunEnvironment.form(recipe.general().tuning());
    this.inputs = new StageInputs(recipe, constitution, folder);
    this.progress =
        RunProgress.open(
            folder,
            recipe.general().seed(),
            RunEnvironment.of(request.versions(), dtype, recipe.general().tuning()));
  }

  /**
   * Does what is asked and not done yet, and draws the run's page, also where a gate halts it.
   *
   * @throws GateStop if a gate halts the run
   * @throws AreteException if a file is missing, a stage before is missing, inputs changed, or
   *     another run uses the folder
   */
  public static void run(PipelineRequest request) {
    RecipeFiles.check(request.recipe(), "The recipe of " + request.recipe().general().name());
    try (RunFolder folder = RunFolder.open(request.folder());
        LiveListener live = new LiveListener(folder.root(), request.listener());
        Pipeline pipeline = new Pipeline(request, folder, live)) {
      try {
        pipeline.stages();
      } catch (GateStop stop) {
        RunPages.writeAtEnd(folder.root(), request.listener()::note);
        throw stop;
      }
      RunPages.writeAtEnd(folder.root(), request.listener()::note);
    }
  }

  private void stages() {
    request.from().ifPresent(this::requireBefore);
    for (Stage stage : Stage.values()) {
      if (stage.compareTo(request.to()) > 0) {
        break;
      }
      Map<String, String> made = inputs.of(stage);
      if (taking.isGiven(stage)) {
        takeGiven(stage, made);
        continue;
      }
      if (request.from().filter(stage::equals).isPresent()) {
        repeatUnlessCut(stage, made);
      }
      if (progress.next(stage, made) == RunProgress.Task.BEGIN) {
        keeper.forgetFrom(stage);
        Optional<Path> donor =
            taking.alike(
                stage, made, progress.manifest(), recipe.fingerprint("gates"), request.forced());
        if (donor.isPresent()) {
          take(stage, made, donor.get());
          continue;
        }
      }
      if (progress.begin(stage, made) == RunProgress.Task.NOTHING) {
        live.note(stage.wireName() + " is done already");
      } else {
        if (!request.forced().isEmpty()) {
          progress.force(stage, request.forced());
        }
        writeRecipe();
        perform(stage);
      }
    }
    writeRecipe();
  }

  /** Fine-tuning and feedback of another run: what was made of older ones begins anew. */
  private void takeGiven(Stage stage, Map<String, String> made) {
    Path donor = taking.giver();
    Map<String, String> whole = Taking.withResults(made, stage, donor);
    StageRecord record = progress.manifest().stage(stage);
    if (record.state() == StageRecord.State.DONE && record.inputs().equals(whole)) {
      return;
    }
    if (record.state() != StageRecord.State.PENDING) {
      live.note(donor + " has another " + stage.wireName() + " now: all is new");
      progress.repeatFrom(stage);
    }
    keeper.forgetFrom(stage);
    take(stage, whole, donor);
  }

  private void take(Stage stage, Map<String, String> made, Path donor) {
    // First: once the stage counts as done, nothing would bring its gates.
    keeper.take(donor.resolve("gates.json"), stage);
    progress.take(stage, made, donor);
    writeRecipe();
    live.note(stage.wireName() + " is taken from " + donor);
  }

  /** Only a recipe that fits the results may stand beside them: not before a stage accepts it. */
  private void writeRecipe() {
    AtomicFile.writeText(folder.recipe(), recipe.toYaml());
  }

  private void requireBefore(Stage from) {
    if (from.compareTo(request.to()) > 0) {
      throw new AreteException(
          "The run cannot go from "
              + from.wireName()
              + " to "
              + request.to().wireName()
              + ", which comes before; turn them round.");
    }
    for (Stage stage : Stage.values()) {
      boolean done =
          progress.manifest().stage(stage).state() == StageRecord.State.DONE
              || taking.isGiven(stage);
      if (stage.compareTo(from) < 0 && !done) {
        throw new AreteException(
            "The stage "
                + from.wireName()
                + " needs the results of "
                + stage.wireName()
                + ", which "
                + folder.root()
                + " does not have; run --from "
                + stage.wireName()
                + " first.");
      }
    }
  }

  /** Makes a stage's results anew; one that was cut with the same inputs goes on instead. */
  private void repeatUnlessCut(Stage stage, Map<String, String> made) {
    StageRecord record = progress.manifest().stage(stage);
    boolean cut =
        record.state() == StageRecord.State.RUNNING || record.state() == StageRecord.State.STOPPED;
    if (record.state() == StageRecord.State.PENDING || (cut && record.inputs().equals(made))) {
      return;
    }
    progress.repeatFrom(stage);
  }

  private void perform(Stage stage) {
    live.enter(stage);
    try (WorkClock clock =
            new WorkClock(live, seconds -> StageTimes.add(folder.times(), stage, seconds));
        StagePeak peak = new StagePeak(folder.memory(), stage)) {
      run(stage, context().tells(clock));
      progress.done(stage);
    } catch (GateStop stop) {
      progress.stopped(stage, String.valueOf(stop.getMessage()));
      throw stop;
    }
  }

  private void run(Stage stage, StageContext given) {
    switch (stage) {
      case SFT -> new SftStage().run(given);
      case FEEDBACK ->
          FeedbackStage.run(
              given,
              () ->
                  keeper.check(
                      GatePhase.BEFORE_FEEDBACK,
                      Diagnosis.labels(given.recipe()).calibration(folder)));
      case REWARD -> {
        // The gates of lengths read texts as long as the reward models will.
        MaxLength.decide(given);
        keeper.check(GatePhase.BEFORE_REWARD, Diagnosis.beforeReward(given));
        RewardStage.run(given);
      }
      case PPO -> {
        // What was written down is judged first: a run that it stops pays for no experiment.
        keeper.check(GatePhase.BEFORE_PPO, Diagnosis.rewardModels(given));
        keeper.check(GatePhase.BEFORE_PPO, Diagnosis.beforePpo(given));
        if (recipe.ppo().fromPairs()) {
          DpoStage.run(given);
        } else {
          PpoStage.run(given, ppoGates(given));
        }
      }
      case EVALUATION -> {
        EvaluationStage.run(given);
        keeper.check(GatePhase.VERDICT, Diagnosis.verdict(given));
      }
      case ATTACK -> AttackStage.run(given);
    }
  }

  private PpoGates ppoGates(StageContext given) {
    RunChecks checks = new RunChecks(given);
    return new PpoGates(
        recipe.gates(),
        keeper,
        recipe.ppo().iterations(),
        folder.metrics(Stage.PPO),
        checks::greedy);
  }

  /** The model is loaded when the first stage needs it, and once. */
  private StageContext context() {
    if (loaded == null) {
      loaded = LoadedRun.load(recipe, folder, constitution, form, dtype, live);
    }
    return loaded.context();
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.close();
    }
  }
}
