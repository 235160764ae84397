package io.arete.rlaif.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.run.LiveTask;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.run.StageTimes;
import io.arete.rlaif.stage.LiveListener;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches a run must see what its files say, at any moment of their being written. */
class RunWatchTest {

  @TempDir Path run;

  private RunManifest manifest = RunManifest.begin(1, Map.of());

  @BeforeEach
  void aRunHasBegun() throws Exception {
    stage(Stage.SFT, StageRecord.State.DONE, "");
  }

  private void stage(Stage stage, StageRecord.State state, String reason) throws Exception {
    manifest = manifest.with(stage, new StageRecord(state, Map.of(), reason));
    Files.writeString(run.resolve("run.json"), manifest.toJson());
  }

  @Test
  void stagesHaveTheirStatesTimesAndReasons() throws Exception {
    stage(Stage.FEEDBACK, StageRecord.State.STOPPED, "all ties");
    StageTimes.add(run.resolve("times.json"), Stage.SFT, 12);

    RunPicture picture = new RunWatch(run).look();

    assertThat(picture.state()).isEqualTo(RunPicture.State.STOPPED);
    assertThat(picture.stages()).hasSize(Stage.values().length);
    assertThat(picture.stages().get(0).seconds()).isEqualTo(12);
    assertThat(picture.stages().get(1).reason()).isEqualTo("all ties");
    assertThat(picture.newest()).isEqualTo(Stage.FEEDBACK);
  }

  @Test
  void aRunIsRunningWhileItsProcessIsAndCutWhenThatIsGone() throws Exception {
    stage(Stage.SFT, StageRecord.State.RUNNING, "");
    RunWatch watch = new RunWatch(run);
    assertThat(watch.look().state()).isEqualTo(RunPicture.State.CUT);

    try (LiveListener live = new LiveListener(run, StageListener.SILENT)) {
      live.enter(Stage.SFT);
      live.begin("fine-tuning", "steps", 40);
      live.skip(10);
      RunPicture picture = watch.look();
      assertThat(picture.state()).isEqualTo(RunPicture.State.RUNNING);
      assertThat(picture.task().orElseThrow().task()).isEqualTo("fine-tuning");
      assertThat(picture.task().orElseThrow().total()).isEqualTo(40);
    }

    assertThat(watch.look().state()).isEqualTo(RunPicture.State.CUT);
    assertThat(run).isDirectoryNotContaining("glob:**.live.json*");
  }

  @Test
  void aNumberThatAnotherProcessHasTakenOverIsNotTheRun() throws Exception {
    long process = ProcessHandle.current().pid();
    new LiveTask(process, Optional.of(Stage.SFT), "sft", "steps", 1, 0, 2, 1).write(run);
    Path file = run.resolve(".live.json");
    assertThat(LiveTask.read(run).orElseThrow().isAlive(run)).isTrue();

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1_000_000)));
    assertThat(LiveTask.read(run).orElseThrow().isAlive(run)).isFalse();
    Files.writeString(file, "{\"proc");
    assertThat(LiveTask.read(run)).isEmpty();
  }

  @Test
  void betweenTheRunsOfATreeTheirProcessIsKnownByTheLockItHeld() throws Exception {
    RunFolder.open(run).close();
    assertThat(RunFolder.lastUserLives(run)).isTrue();

    Files.writeString(run.resolve(".lock"), "no number");
    assertThat(RunFolder.lastUserLives(run)).isFalse();
    assertThat(RunFolder.lastUserLives(run.resolve("none"))).isFalse();
  }

  @Test
  void theRestOfATaskIsReckonedWithoutWhatWasDoneBefore() {
    LiveTask task = new LiveTask(1, Optional.empty(), "sft", "steps", 30, 20, 100, 5);

    assertThat(task.rate()).hasValue(2);
    assertThat(task.remaining()).hasValue(35);
    assertThat(new LiveTask(1, Optional.empty(), "sft", "steps", 20, 20, 100, 5).remaining())
        .isEmpty();
  }

  @Test
  void curvesGrowWithTheLogATornLineWaitsAndACutBackLogIsReadAnew() throws Exception {
    Path log = run.resolve("reward/action/metrics.jsonl");
    RunWatch watch = new RunWatch(run);
    assertThat(watch.look().curves()).isEmpty();
    long cursor;
    try (MetricLog metrics = MetricLog.openAt(log, 0)) {
      metrics.append(new Metric(1, Map.of("loss", 3.0)));
      cursor = metrics.cursor();
      metrics.append(new Metric(2, Map.of("loss", 2.0)));
    }
    Files.writeString(log, "{\"step\":3,\"lo", StandardOpenOption.APPEND);
    assertThat(watch.look().curves().get(0).means()).containsExactly(3, 2);
    Files.writeString(log, "ss\":1.5}\nno JSON\n", StandardOpenOption.APPEND);

    RunPicture.Curve curve = watch.look().curves().get(0);
    assertThat(curve.name()).isEqualTo("action loss");
    assertThat(curve.stage()).isEqualTo(Stage.REWARD);
    assertThat(curve.means()).containsExactly(3, 2, 1.5);

    try (MetricLog metrics = MetricLog.openAt(log, cursor)) {
      metrics.append(new Metric(2, Map.of("loss", 7.0)));
      metrics.append(new Metric(3, Map.of("loss", Double.NaN)));
      metrics.append(new Metric(4, Map.of("loss", 8.0)));
      metrics.append(new Metric(5, Map.of("loss", 9.0)));
    }
    curve = watch.look().curves().get(0);
    assertThat(curve.means()).as("without the number that is none").containsExactly(3, 7, 8, 9);
    assertThat(curve.last()).isEqualTo(9);
  }

  @Test
  void aCurveEndsWithTheMeanOfItsLastTenthAndNotWithOneLuckyBatch() {
    double[] noisy = new double[40];
    for (int step = 0; step < noisy.length; step++) {
      noisy[step] = step % 2;
    }
    assertThat(new RunPicture.Curve(Stage.REWARD, "loss", 0, 1, noisy).end()).isEqualTo(0.5);
    assertThat(new RunPicture.Curve(Stage.REWARD, "loss", 3, 2, new double[] {3, 2}).end())
        .isEqualTo(2);
    assertThat(new RunPicture.Curve(Stage.REWARD, "loss", 3, Double.NaN, noisy).end()).isNaN();
  }

  @Test
  void aLongLogIsHeldAndDrawnInFewNumbersWithItsShape() {
    Track track = new Track();
    int steps = 100_000;
    for (int step = 0; step < steps; step++) {
      track.add(step);
    }

    double[] means = track.means();
    assertThat(means.length).isBetween(128, 256);
    assertThat(means).isSorted();
    assertThat(track.size()).isEqualTo(steps);
    assertThat(track.first()).isZero();
    assertThat(track.last()).isEqualTo(steps - 1);
    double mean = Arrays.stream(means, 0, means.length - 1).average().orElseThrow();
    assertThat(mean).isBetween(0.48 * steps, 0.52 * steps);
  }

  @Test
  void theNewestConversationIsThatOfTheLatestIteration() throws Exception {
    Path conversations = run.resolve("feedback/conversations.jsonl");
    RunWatch watch = new RunWatch(run);
    assertThat(watch.look().talk()).isEmpty();
    write(conversations, "{\"action\":{\"text\":\"a\"}}\n{\"action\":{\"text\":\"torn");
    assertThat(watch.look().talk().orElseThrow().turns())
        .containsExactly(new Talk.Turn("action", "a"));

    String said = "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"iteration\":%d,";
    write(
        run.resolve("policy/samples.jsonl"),
        said.formatted(0) + "\"score\":0.5,\"action\":{\"text\":\"looked\"}}\n");
    write(
        run.resolve("policy/rollouts.jsonl"),
        said.formatted(1) + "\"score\":0.25,\"action\":{\"text\":\"" + "x".repeat(9000) + "\"}}\n");

    Talk talk = watch.look().talk().orElseThrow();
    assertThat(talk.from()).isEqualTo("iteration 1");
    assertThat(talk.score()).hasValue(0.25);
    assertThat(talk.turns().get(0)).isEqualTo(new Talk.Turn("user", "q"));
    assertThat(talk.turns().get(1).text()).hasSize(2001);
  }

  @Test
  void halfWrittenOrDamagedFilesLeaveOutWhatTheyHoldAndNothingElse() throws Exception {
    write(run.resolve("gates.json"), "{\"gates\":[");
    write(run.resolve("times.json"), "{");
    write(run.resolve("policy/samples.jsonl"), "\n\n[1]\n");
    write(run.resolve("policy/looks.jsonl"), "{\"iteration\":0,\"proxy\":-1}\n{\"iteration\":1");

    RunPicture picture = new RunWatch(run).look();

    assertThat(picture.gates()).isEmpty();
    assertThat(picture.talk()).isEmpty();
    assertThat(picture.curves()).singleElement().extracting("name").isEqualTo("look proxy");
  }

  @Test
  void aFolderThatIsNoRunIsToldOf() {
    assertThatThrownBy(() -> new RunWatch(run.resolve("none")).look())
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("is no run");
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
