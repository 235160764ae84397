package io.arete.rlaif.dpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.engine.forest.Forest;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.feedback.FeedbackStage;
import io.arete.rlaif.reward.FeedbackPairs;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.TrainedTokens;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If these break, DPO learns the wrong replies, from the wrong tokens, or not the same twice. */
class DpoStageTest {

  private static final List<String> SETTINGS =
      List.of(
          "sft.enabled=false",
          "feedback.source=human",
          "ppo.algorithm=dpo",
          "dpo.batch_size=8",
          "dpo.epochs=2",
          "dpo.learning_rate=0.01",
          "dpo.checkpoint_every=2");

  @TempDir static Path folder;
  static TinyRun tiny;

  @BeforeAll
  static void open() throws Exception {
    tiny = new TinyRun(folder, 48);
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  private static List<String> with(String... more) {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(List.of(more));
    return all;
  }

  private static void run(String name, StageListener listener, String... more) {
    tiny.in(name, StageListener.SILENT, with(more), given -> FeedbackStage.run(given, () -> {}));
    tiny.in(name, listener, with(more), DpoStage::run);
  }

  private static List<Metric> metrics(String name) {
    return MetricLog.read(folder.resolve(name).resolve("policy/metrics.jsonl"));
  }

  private static double value(Metric metric, String name) {
    return metric.values().getOrDefault(name, Double.NaN);
  }

  @Test
  void thePreferredRepliesBecomeLikelierThanTheyWereToTheReference() {
    run("learns", StageListener.SILENT);

    List<Metric> metrics = metrics("learns");
    assertThat(value(metrics.get(0), "loss"))
        .as("policy and reference begin alike")
        .isCloseTo(Math.log(2), within(1e-4));
    Metric last = metrics.get(metrics.size() - 1);
    assertThat(value(last, "loss")).isLessThan(0.6);
    assertThat(value(last, "accuracy")).isGreaterThan(0.9);
    assertThat(folder.resolve("learns/policy/summary.json")).content().contains("\"dpo\"");
    assertThat(tiny.weights("learns/policy")).isNotEmpty();
  }

  @Test
  void howABatchIsCutIntoPassesChangesNothing() {
    run("large passes", StageListener.SILENT, "dpo.epochs=1", "ppo.train_turns=all");
    run(
        "small passes",
        StageListener.SILENT,
        "dpo.epochs=1",
        "ppo.train_turns=all",
        "dpo.tokens_per_pass=64");

    assertThat(value(metrics("small passes").get(2), "loss"))
        .isCloseTo(value(metrics("large passes").get(2), "loss"), within(1e-3));
    assertThat(tiny.weights("small passes/policy"))
        .containsExactly(tiny.weights("large passes/policy"), within(2e-3f));
  }

  @Test
  void killedAnywhereAndStartedAgainItEndsWithTheSameBytes() throws Exception {
    run("straight", StageListener.SILENT);
    for (int moment : new int[] {2, 5, 9}) {
      String name = "cut " + moment;
      assertThatThrownBy(() -> run(name, TinyRun.failingAt(moment)))
          .isInstanceOf(TinyRun.Killed.class);
      run(name, StageListener.SILENT);
      assertThat(tiny.files(name + "/policy")).as(name).isEqualTo(tiny.files("straight/policy"));
    }
  }

  @Test
  void onlyTrainedTokensCountEachForItsOwnConversation() {
    TrainedTokens first =
        new TrainedTokens(
            new int[] {1, 2, 3}, new int[] {1, 2}, new int[] {3, 4}, Map.of(Facet.ACTION, 2));
    TrainedTokens second =
        new TrainedTokens(new int[] {1, 2}, new int[] {1}, new int[] {5}, Map.of(Facet.ACTION, 1));
    DpoPair pair = new DpoPair("a", first, second, 0.8);
    PairReadings readings = PairReadings.of(List.of(pair), Forest.of(pair.sequences()));

    assertThat(readings.targets()).containsExactly(3, 4, 5);
    assertThat(readings.leads(new double[] {-1, -2, -0.5})).containsExactly(-2.5);
    assertThat(readings.byToken(new double[] {0.25})).containsExactly(0.25, 0.25, -0.25);
  }

  /** What watches and what judges would otherwise have been learned by heart. */
  @Test
  void onlyPairsOnTrainPromptsAreLearned() {
    tiny.in("split", StageListener.SILENT, with(), given -> FeedbackStage.run(given, () -> {}));
    tiny.in(
        "split",
        StageListener.SILENT,
        with(),
        context -> {
          List<FeedbackPairs.Found> all = FeedbackPairs.read(context).of(Facet.ACTION);
          List<String> train =
              all.stream()
                  .filter(one -> context.data().splits().of(one.prompt()) == Split.TRAIN)
                  .map(one -> one.prompt().id() + " 0 1")
                  .toList();
          assertThat(train).hasSizeBetween(1, all.size() - 1);
          assertThat(DpoPairs.read(context).stream().map(DpoPair::id))
              .containsExactlyInAnyOrderElementsOf(train);
        });
  }

  /** Log-odds of 0.9, 0.5 and, in the other order, 0.1: ln 9, 0 and ln 9, so that p = 0.8123. */
  @Test
  void ofWholeConversationsTheFacetsLogOddsAreAveraged() throws Exception {
    tiny.in("facets", StageListener.SILENT, with(), given -> FeedbackStage.run(given, () -> {}));
    Path preferences = folder.resolve("facets/feedback/preferences");
    say(preferences.resolve("action.jsonl"), "0,\"second\":1,\"p\":0.9");
    say(preferences.resolve("motivation.jsonl"), "0,\"second\":1,\"p\":0.5");
    say(preferences.resolve("consequences.jsonl"), "1,\"second\":0,\"p\":0.1");
    tiny.in(
        "facets",
        StageListener.SILENT,
        with("ppo.train_turns=all"),
        context ->
            assertThat(DpoPairs.read(context))
                .isNotEmpty()
                .allSatisfy(
                    pair ->
                        assertThat(pair.p())
                            .isCloseTo(1 / (1 + Math.exp(-2 * Math.log(9) / 3)), within(1e-12))));
  }

  private static void say(Path file, String said) throws Exception {
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("\"first\":0,\"second\":1,\"p\":[0-9.]+", "\"first\":" + said));
    assertThat(file).content().contains(said);
  }

  @Test
  void aRunWithoutPairsOnTrainPromptsIsRefusedByName() throws Exception {
    tiny.in("empty", StageListener.SILENT, with(), given -> FeedbackStage.run(given, () -> {}));
    Files.writeString(folder.resolve("empty/feedback/preferences/action.jsonl"), "");
    assertThatThrownBy(() -> tiny.in("empty", StageListener.SILENT, with(), DpoStage::run))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("DPO has nothing to learn");
  }
}
