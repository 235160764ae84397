package io.arete.rlaif.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProgressTest {

  private static final Map<String, String> HERE = Map.of("dtype", "float32", "threads", "2");
  private static final Map<String, String> INPUTS = Map.of("recipe section sft", "abc");

  @TempDir Path root;
  private RunFolder folder;

  @BeforeEach
  void openFolder() {
    folder = RunFolder.open(root);
  }

  @AfterEach
  void closeFolder() {
    folder.close();
  }

  private RunProgress open() {
    return RunProgress.open(folder, 1, HERE);
  }

  @Test
  void aStageBeginsContinuesAndIsDoneOverRestarts() {
    assertThat(open().begin(Stage.SFT, INPUTS)).isEqualTo(RunProgress.Task.BEGIN);
    assertThat(open().begin(Stage.SFT, INPUTS)).isEqualTo(RunProgress.Task.CONTINUE);
    RunProgress progress = open();
    progress.begin(Stage.SFT, INPUTS);
    progress.done(Stage.SFT);
    assertThat(open().begin(Stage.SFT, INPUTS)).isEqualTo(RunProgress.Task.NOTHING);
    assertThat(RunManifest.read(folder.manifest())).isEqualTo(progress.manifest());
  }

  @Test
  void changedInputsAreNamedInsteadOfPassingOldResultsOn() {
    RunProgress progress = open();
    progress.begin(Stage.SFT, Map.of("recipe section sft", "abc", "base model", "x"));
    progress.done(Stage.SFT);

    assertThatThrownBy(
            () -> open().begin(Stage.SFT, Map.of("recipe section sft", "abd", "pairs", "y")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("(base model, pairs, recipe section sft changed)")
        .hasMessageContaining("--from sft");
  }

  @Test
  void aStoppedStageKeepsItsReasonAndMayGoOn() {
    RunProgress progress = open();
    progress.begin(Stage.REWARD, INPUTS);
    progress.stopped(Stage.REWARD, "first loss 0.9");

    assertThat(open().manifest().stage(Stage.REWARD).reason()).isEqualTo("first loss 0.9");
    assertThat(folder.manifest()).content().contains("\"state\" : \"stopped\"");
    assertThat(open().begin(Stage.REWARD, INPUTS)).isEqualTo(RunProgress.Task.CONTINUE);
  }

  @Test
  void aStageThatWasHaltedBeforeItMadeAnythingTakesOtherInputs() throws Exception {
    RunProgress progress = open();
    progress.begin(Stage.PPO, INPUTS);
    Files.createDirectories(folder.stage(Stage.PPO));
    Files.createFile(folder.metrics(Stage.PPO));
    progress.stopped(Stage.PPO, "held-out accuracy 0.5");
    Map<String, String> others = Map.of("recipe section ppo", "other");

    assertThat(open().begin(Stage.PPO, others)).isEqualTo(RunProgress.Task.BEGIN);
    assertThat(folder.stage(Stage.PPO)).doesNotExist();
    assertThat(open().begin(Stage.PPO, others)).isEqualTo(RunProgress.Task.CONTINUE);

    Files.createDirectories(folder.stage(Stage.PPO));
    Files.writeString(folder.metrics(Stage.PPO), "{}\n");
    assertThatThrownBy(() -> open().begin(Stage.PPO, INPUTS))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("recipe section ppo");
  }

  /** The gate of lengths tells people to raise a setting; what it read must not forbid that. */
  @Test
  void howLongTextsAreIsNoResultThatOtherInputsWouldHaveToRepeat() throws Exception {
    RunProgress progress = open();
    progress.begin(Stage.REWARD, INPUTS);
    Files.createDirectories(folder.stage(Stage.REWARD));
    Files.writeString(folder.lengths(), "{}");
    progress.stopped(Stage.REWARD, "texts are longer than reward.max_length");
    Map<String, String> others = Map.of("recipe section reward", "other");

    assertThat(open().begin(Stage.REWARD, others)).isEqualTo(RunProgress.Task.BEGIN);
    assertThat(folder.lengths()).as("told of the old setting").doesNotExist();

    Files.createDirectories(folder.stage(Stage.REWARD));
    Files.writeString(folder.stage(Stage.REWARD).resolve("evaluation.json"), "{}");
    assertThatThrownBy(() -> open().begin(Stage.REWARD, INPUTS))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("--from reward");
  }

  @Test
  void splitsAreMadeAnewWithTheFirstStage() throws Exception {
    open().begin(Stage.SFT, INPUTS);
    Files.writeString(folder.splits(), "of the old inputs");
    assertThat(open().begin(Stage.SFT, INPUTS)).isEqualTo(RunProgress.Task.CONTINUE);
    assertThat(folder.splits()).exists();

    assertThat(open().begin(Stage.SFT, Map.of("recipe section data", "other")))
        .isEqualTo(RunProgress.Task.BEGIN);
    assertThat(folder.splits()).doesNotExist();
  }

  @Test
  void repeatingAStageForgetsItsFilesAndAllThatFollow() throws Exception {
    RunProgress progress = open();
    for (Stage stage : Stage.values()) {
      progress.begin(stage, INPUTS);
      Files.createDirectories(folder.stage(stage));
      Files.writeString(folder.stage(stage).resolve("result"), "r");
      progress.done(stage);
    }
    progress.repeatFrom(Stage.REWARD);

    assertThat(folder.stage(Stage.FEEDBACK).resolve("result")).exists();
    assertThat(folder.stage(Stage.REWARD)).doesNotExist();
    assertThat(folder.stage(Stage.PPO)).doesNotExist();
    assertThat(open().begin(Stage.FEEDBACK, INPUTS)).isEqualTo(RunProgress.Task.NOTHING);
    assertThat(open().begin(Stage.REWARD, Map.of("other", "z"))).isEqualTo(RunProgress.Task.BEGIN);
  }

  @Test
  void filesOfAStageThatNeverBeganAreNotContinued() throws Exception {
    Files.createDirectories(folder.stage(Stage.SFT));
    Files.writeString(folder.metrics(Stage.SFT), "old");

    open().begin(Stage.SFT, INPUTS);

    assertThat(folder.metrics(Stage.SFT)).doesNotExist();
  }

  @Test
  void anotherSeedOrEnvironmentIsRefused() {
    open();

    assertThatThrownBy(() -> RunProgress.open(folder, 2, Map.of("dtype", "float32")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("seed was 1 and is 2")
        .hasMessageContaining("threads was 2 and is absent");
  }

  @Test
  void aDamagedManifestIsAClearFailure() throws Exception {
    for (String text :
        new String[] {
          "",
          "{",
          "[]",
          "{\"format\": 2}",
          "{\"format\": 1, \"stages\": {\"sft\": {\"state\": \"odd\"}}}"
        }) {
      Files.writeString(folder.manifest(), text);
      assertThatThrownBy(this::open)
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("start a new run");
    }
  }

  @Test
  void timesAddUpOverRestarts() {
    StageTimes.add(folder.times(), Stage.SFT, 1.5);
    StageTimes.add(folder.times(), Stage.PPO, 4);
    StageTimes.add(folder.times(), Stage.SFT, 2);

    assertThat(StageTimes.read(folder.times())).isEqualTo(Map.of(Stage.SFT, 3.5, Stage.PPO, 4.0));
  }

  /** Else a stage that was repeated would seem to take as long as all its attempts. */
  @Test
  void aStageThatIsRepeatedBeginsItsTimeAnew() {
    StageTimes.add(folder.times(), Stage.SFT, 1.5);
    StageTimes.add(folder.times(), Stage.PPO, 4);
    StagePeaks.tell(folder.memory(), Stage.PPO, 1e9);
    open().repeatFrom(Stage.REWARD);

    assertThat(StageTimes.read(folder.times())).isEqualTo(Map.of(Stage.SFT, 1.5));
    assertThat(StagePeaks.read(folder.memory())).isEmpty();
  }
}
