package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.gate.GatePhase;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees of a run that goes on elsewhere; and that nothing of it acts on a terminal.
 */
class WatchCommandTest {

  /** Clears the screen, writes to the clipboard, moves by the one-byte form, turns the writing. */
  private static final String HOSTILE = "\u001b[2J\u001b]52;c;eA==\u0007\u009b31m\u202eevil\r\b";

  @TempDir Path run;

  @BeforeEach
  void aRunThatAGateStopped() throws Exception {
    RunManifest manifest =
        RunManifest.begin(1, Map.of())
            .with(Stage.SFT, new StageRecord(StageRecord.State.DONE, Map.of(), ""))
            .with(
                Stage.PPO,
                new StageRecord(StageRecord.State.STOPPED, Map.of(), "too far " + HOSTILE));
    Files.writeString(run.resolve("run.json"), manifest.toJson());
    Files.writeString(run.resolve("times.json"), "{\"sft\": 61.2}");
    try (MetricLog log = MetricLog.openAt(run.resolve("policy/metrics.jsonl"), 0)) {
      for (int step = 1; step <= 30; step++) {
        log.append(new Metric(step, Map.of("reward", step / 10.0, "kl_k1", 0.5)));
      }
    }
    GateResult gate =
        new GateResult(
            "growth", HOSTILE, "3 times" + HOSTILE, "at most 1.5", 9, false, true, "m", "r");
    Files.writeString(
        run.resolve("gates.json"),
        "{\"gates\":[" + gate.toJson(GatePhase.DURING_PPO, false) + "]}");
    Files.writeString(
        run.resolve("policy/rollouts.jsonl"),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Tell"
            + " me.\"}],\"iteration\":30,\"score\":1.5,\"action\":{\"text\":\"I \\u001b[31mwould"
            + " \\u009b2J\\u202e wait.\"}}\n");
  }

  @Test
  void onePictureShowsStagesCurvesGatesAndTheNewestConversation() {
    CommandRun shown = CommandRun.of("", "watch", run, "--once");

    assertThat(shown.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(shown.messages()).isEmpty();
    assertThat(shown.output())
        .contains("stopped by a gate", "1:01")
        .contains("ppo reward", "▁▁", "██", "0.1000 → 2.9000", "ppo kl k1", "▄▄")
        .contains("gates: 1 stopped", "asked is at most 1.5")
        .contains("newest conversation, iteration 30, score 1.5000", "user: Tell me.");
  }

  @Test
  void noEscapeSequenceOfAFileReachesTheTerminal() {
    for (String option : List.of("--once", "--every=1")) {
      String output = CommandRun.of("", "watch", run, option).output();

      assertThat(output.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
      assertThat(output).contains("\\u001b[31mwould");
    }
  }

  @Test
  void onATerminalOnlyItsOwnSequencesStandInAPictureThatFits() {
    WatchedRuns runs = new WatchedRuns(run);
    runs.look();
    for (int columns : new int[] {20, 40, 60, 80, 200}) {
      Canvas canvas = new Canvas(columns, true);
      runs.draw(canvas, true);
      for (String line : canvas.lines()) {
        String plain = line.replaceAll("\u001b\\[[0-9]+m", "");
        assertThat(plain).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(WrappedText.columns(plain)).isLessThanOrEqualTo(columns);
      }
    }
    StringWriter text = new StringWriter();
    WatchScreen screen = new WatchScreen(true, false);
    screen.show(List.of("a", "b", "c", "d"), new WatchScreen.Size(3, 80), new PrintWriter(text));
    assertThat(text.toString())
        .as("never more rows than there are, or the picture would climb")
        .isEqualTo("\033[Ha\033[K\r\nb\033[K\r\n\033[J");
  }

  @Test
  void watchingChangesNothing() throws Exception {
    Map<String, String> before = contents();

    CommandRun.of("", "watch", run);

    assertThat(contents()).isEqualTo(before);
  }

  private Map<String, String> contents() throws Exception {
    try (var files = Files.walk(run)) {
      Map<String, String> all = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(file.toString(), Files.getLastModifiedTime(file) + Digests.file(file));
      }
      return all;
    }
  }

  @Test
  void ofSeveralRunsEachHasALineAndOneIsShownWhole() throws Exception {
    Path tree = Files.createDirectories(run.resolve("tree"));
    String recipe = Files.readString(Path.of("../recipes/quickstart.yaml"));
    Files.writeString(
        tree.resolve("recipe.yaml"),
        recipe.replaceAll("(?m)^seeds:.*$", "") + "\nseeds: [1, 2, 3]\n");
    for (int seed = 1; seed <= 2; seed++) {
      Path one = Files.createDirectories(tree.resolve("seeds").resolve("" + seed));
      StageRecord.State state = seed == 1 ? StageRecord.State.RUNNING : StageRecord.State.STOPPED;
      Files.writeString(
          one.resolve("run.json"),
          RunManifest.begin(seed, Map.of())
              .with(Stage.SFT, new StageRecord(state, Map.of(), ""))
              .toJson());
    }

    CommandRun shown = CommandRun.of("", "watch", tree, "--once");

    assertThat(shown.messages()).isEmpty();
    assertThat(shown.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(shown.output())
        .contains("seeds/1  cut", "seeds/2  stopped by a gate")
        .doesNotContain("seeds/3")
        .containsOnlyOnce("  sft         stopped");
  }

  @Test
  void aFolderThatIsNoRunAndAWrongIntervalAreTold() {
    CommandRun none = CommandRun.of("", "watch", run.resolve("policy"), "--once");
    assertThat(none.code()).isEqualTo(ExitCode.ERROR);
    assertThat(none.messages()).contains("is no run");

    assertThat(CommandRun.of("", "watch", run, "--every=0").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void sparklinesRiseFromTheLowestToTheHighest() {
    assertThat(Sparkline.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 8)).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(Sparkline.of(new double[] {5, 5}, 8)).isEqualTo("▄▄");
    assertThat(Sparkline.of(new double[] {}, 8)).isEmpty();
    assertThat(Sparkline.of(new double[] {0, 0, 1, 1, 3, 3}, 3)).isEqualTo("▁▃█");
    assertThat(Sparkline.of(new double[] {-1e300, 1e300}, 8)).hasSize(2);
  }

  @Test
  void aTerminalsSizeIsReadOrNotKnown() {
    assertThat(WatchScreen.parse("24 80\n")).isEqualTo(Optional.of(new WatchScreen.Size(24, 80)));
    assertThat(WatchScreen.parse("0 0")).isEmpty();
    assertThat(WatchScreen.parse("")).isEmpty();
  }
}
