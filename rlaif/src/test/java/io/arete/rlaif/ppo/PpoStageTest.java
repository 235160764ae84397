package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.tensor.Device;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.reward.NormalizationFile;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PpoStageTest {

  @TempDir static Path folder;
  static PpoFixture tiny;

  @BeforeAll
  static void load() {
    tiny = new PpoFixture(folder);
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  @Test
  void againstRewardModelsOnDiskItLeavesAPolicyACriticAndTheirStory() {
    tiny.writeRewards("whole");
    tiny.writeSft("whole");
    List<IterationHealth> seen = new ArrayList<>();
    try (PpoFixture.Opened opened =
        tiny.open(
            "whole",
            StageListener.SILENT,
            "ppo.lora.rank=4",
            "sft.enabled=true",
            "sft.conversations=prompts.jsonl")) {
      PpoStage.run(opened.context(), PpoFixture.collecting(seen));
    }

    Path policy = tiny.run("whole").resolve("policy");
    try (Adapter joined = read(policy);
        Adapter critic = read(policy.resolve("critic"))) {
      assertThat(joined.config().rank()).isEqualTo(2 + 4);
      assertThat(joined.head()).isEmpty();
      assertThat(critic.head()).isPresent();
    }
    assertThat(policy.resolve("summary.json")).content().contains("last_third", "score_action");
    assertThat(MetricLog.read(policy.resolve("metrics.jsonl"))).hasSize(2);
    assertThat(
            JsonLines.readAppended(
                policy.resolve("rollouts.jsonl"), (line, row) -> Optional.of(row)))
        .hasSize(8)
        .allMatch(row -> row.has("messages") && row.has("action") && row.has("scores"));
    assertThat(seen).hasSize(2);
    RoundHealth first = seen.get(0).round();
    assertThat(first.conversations()).isEqualTo(8);
    // Not exactly 0: the policy's adapters are one product, the reference's are another.
    assertThat(first.meanK1()).as("the policy starts as the reference").isCloseTo(0, within(1e-5));
    assertThat(seen.get(1).round().meanK3()).isPositive();
    assertThat(first.samplingMismatch()).isLessThan(1e-4);
    assertThat(seen.get(1).round().recentK1()).hasSize(16);
    assertThat(seen.get(1).round().facets()).hasSize(3);
  }

  private static Adapter read(Path folder) {
    return AdapterFiles.read(folder, tiny.model.decoder().config(), Device.CPU);
  }

  @Test
  void aSharedCriticIsThePolicyWithAHeadAndThePolicyHasNone() {
    String[] shared = {"ppo.critic=shared", "ppo.policy_learning_rate=0.01", "ppo.mini_batches=2"};
    List<IterationHealth> seen = tiny.train("shared", PpoFixture.planted(), shared);

    Path folder = tiny.run("shared").resolve("policy");
    try (Adapter policy = read(folder);
        Adapter critic = read(folder.resolve("critic"))) {
      assertThat(policy.head()).isEmpty();
      assertThat(critic.head()).isPresent();
      assertThat(critic.config().rank()).isEqualTo(policy.config().rank());
    }
    assertThat(folder.resolve("checkpoint-2/critic.safetensors")).doesNotExist();
    UpdateHealth update = seen.get(1).update();
    assertThat(update.critic().orElseThrow().valueLoss()).isPositive();
    assertThat(update.critic().orElseThrow().gradientNorm()).isEmpty();
    assertThat(seen.get(0).round().explainedVariance()).as("values begin at 0").hasValue(0);
    assertThat(seen.get(1).round().explainedVariance().orElseThrow()).isNotZero();
  }

  /** What the kept pass gives, and what passes of their own give, is the same. */
  @Test
  void aSharedCriticsValuesDoNotDependOnHowTheRoundIsRead() {
    String[] shared = {"ppo.critic=shared", "ppo.policy_learning_rate=0.01", "ppo.epochs=1"};
    List<IterationHealth> kept = tiny.train("kept", PpoFixture.planted(), shared);
    List<IterationHealth> cut =
        tiny.train(
            "not kept",
            PpoFixture.planted(),
            shared[0],
            shared[1],
            shared[2],
            "ppo.tokens_per_pass=60");

    for (int i = 0; i < kept.size(); i++) {
      assertThat(cut.get(i).round().explainedVariance().orElseThrow())
          .isCloseTo(kept.get(i).round().explainedVariance().orElseThrow(), within(1e-3));
      assertThat(kept.get(i).round().ratios().largestDistance()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "shared"})
  void aPlantedRewardRises(String critic) {
    List<IterationHealth> seen =
        tiny.train(
            "planted " + critic,
            PpoFixture.planted(),
            "ppo.critic=" + critic,
            "ppo.iterations=10",
            "ppo.prompts_per_iteration=8",
            "ppo.samples_per_prompt=4",
            "ppo.missing_end=subtract",
            "ppo.missing_end_penalty=0",
            "ppo.policy_learning_rate=0.01",
            "ppo.critic_learning_rate=0.01",
            "ppo.kl_coefficient=0.001",
            "ppo.ensemble=mean",
            "ppo.train_turns=all",
            "ppo.credit=facet");

    double early = reward(seen.subList(0, 2));
    double late = reward(seen.subList(8, 10));
    // The mean of 64 conversations has a standard error of about 0.03.
    assertThat(late).isGreaterThan(early + 0.2);
    assertThat(seen.get(9).round().meanK1()).isPositive();
  }

  private static double reward(List<IterationHealth> some) {
    return some.stream().mapToDouble(h -> h.round().reward().mean()).average().orElseThrow();
  }

  @Test
  void aCriticThatBeginsAsARewardModelSaysItsScoresInUnitsOfTheirSd() {
    tiny.writeRewards("models");
    String start = "ppo.critic_start=motivation";
    Path reward = tiny.run("models").resolve("reward/motivation");
    try (PpoModels models = tiny.models(start);
        Adapter adapter = read(reward);
        StackedModel scoring =
            StackedModel.frozen(tiny.model.decoder(), new AdapterStack(List.of(adapter)))) {
      List<Rollout> rollouts = tiny.rollouts(models, tiny.recipe(start), PpoFixture.planted());
      List<TokenBatch> passes = TokenBatch.split(rollouts, PpoFixture.all(rollouts), 4096, 1);
      List<double[]> values = PpoFixture.values(models.valued().orElseThrow(), passes);
      List<double[]> scores =
          new RolloutReader(scoring).values(passes, adapter.head().orElseThrow());

      double sd = NormalizationFile.read(reward).sd();
      for (int i = 0; i < values.size(); i++) {
        for (int t = 0; t < values.get(i).length; t++) {
          assertThat(values.get(i)[t]).isCloseTo(scores.get(i)[t] / sd, within(1e-5)).isNotZero();
        }
      }
    }
  }

  @Test
  void beforeTheFirstStepEveryRatioIsOne() {
    for (String cut :
        List.of("ppo.mini_batches=1", "ppo.mini_batches=3", "ppo.tokens_per_pass=60")) {
      List<IterationHealth> seen = tiny.train("ratio " + cut, PpoFixture.planted(), cut);
      for (IterationHealth health : seen) {
        double allowed = cut.equals("ppo.mini_batches=1") ? 0 : 1e-4;
        assertThat(health.round().ratios().largestDistance()).as(cut).isCloseTo(0, within(allowed));
        assertThat(health.round().ratios().tokens()).isPositive();
        assertThat(health.update().ratios().largestDistance()).isGreaterThan(1e-4);
      }
    }
  }

  /** The second round begins with no gradient of a step that the first did not take. */
  @Test
  void anUpdateThatMovesTooFarEndsAsIfNothingMoreHadBeenAsked() {
    String[] settings = {"ppo.policy_learning_rate=0.01", "ppo.critic_learning_rate=0.01"};
    List<IterationHealth> stopped =
        tiny.train(
            "stopped",
            PpoFixture.planted(),
            settings[0],
            settings[1],
            "ppo.epochs=4",
            "ppo.target_kl=0.00000001");
    List<IterationHealth> single =
        tiny.train("single", PpoFixture.planted(), settings[0], settings[1], "ppo.epochs=1");

    for (IterationHealth health : stopped) {
      assertThat(health.update().stoppedEarly()).isTrue();
      assertThat(health.update().steps()).isEqualTo(1);
      assertThat(health.update().divergence()).isGreaterThan(1.5e-8);
    }
    assertThat(single.get(0).update().stoppedEarly()).isFalse();
    for (String weights : List.of("", "critic/")) {
      assertThat(tiny.digests("stopped").get(weights + "adapter_model.safetensors"))
          .isEqualTo(tiny.digests("single").get(weights + "adapter_model.safetensors"));
    }
  }

  @Test
  void anUpdateEndsAtOneAndAHalfTimesItsTarget() {
    double divergence = secondStep("ppo.target_kl=1000").divergence();
    assertThat(secondStep("ppo.target_kl=" + divergence / 1.4).steps()).isEqualTo(2);
    assertThat(secondStep("ppo.target_kl=" + divergence / 1.6).steps()).isEqualTo(1);
  }

  private static UpdateHealth secondStep(String target) {
    return tiny.train(
            target,
            PpoFixture.planted(),
            "ppo.iterations=1",
            "ppo.policy_learning_rate=0.01",
            "ppo.epochs=2",
            target)
        .get(0)
        .update();
  }

  /** β follows k1 of the trained replies, of which three turns have three a conversation. */
  @Test
  void thePriceFollowsWhatTheTrainedRepliesDiverge() {
    String[] settings = {
      "ppo.iterations=3",
      "ppo.train_turns=all",
      "ppo.policy_learning_rate=0.01",
      "ppo.kl_coefficient=0.001"
    };
    List<IterationHealth> fixed = tiny.train("fixed", PpoFixture.planted(), settings);
    double target = 1.1 * fixed.get(1).round().meanK1();
    List<IterationHealth> seen =
        tiny.train(
            "adaptive",
            PpoFixture.planted(),
            Stream.concat(
                    Arrays.stream(settings),
                    Stream.of("ppo.kl=adaptive", "ppo.kl_target=" + target, "ppo.kl_horizon=100"))
                .toArray(String[]::new));

    double error = seen.get(1).round().meanK1() / target - 1;
    assertThat(error).as("not held").isBetween(-0.15, -0.05);
    assertThat(seen.get(1).round().meanK3() / target - 1).isNotCloseTo(error, within(0.01));
    assertThat(seen.get(1).round().coefficient())
        .isCloseTo(0.001 * (1 - 0.2 * 24 / 100), within(1e-12));
    assertThat(seen.get(2).round().coefficient())
        .isCloseTo(seen.get(1).round().coefficient() * (1 + error * 24 / 100), within(1e-12));
  }

  @Test
  void cutOffRepliesAreChargedFacetByFacet() {
    List<IterationHealth> seen =
        tiny.train(
            "cut",
            PpoFixture.byFacet((facet, conversation) -> facet.ordinal()),
            "ppo.iterations=1",
            "ppo.missing_end_penalty=2.5");

    RoundHealth round = seen.get(0).round();
    for (Facet facet : Facet.values()) {
      RoundHealth.FacetHealth health = round.facets().get(facet);
      assertThat(health.meanScore())
          .isCloseTo(facet.ordinal() * (1 - health.cutOff()) - 2.5 * health.cutOff(), within(1e-9));
    }
    assertThat(round.facets().get(Facet.ACTION).cutOff()).isPositive();
  }

  @Test
  void whoeverWatchesMayStopTheRunBeforeAnyWeightMoves() {
    PpoWatch strict =
        new PpoWatch() {
          @Override
          public void beforeFirstStep(RoundHealth health) {
            throw new AreteException("stopped by a gate");
          }

          @Override
          public void afterIteration(IterationHealth health) {}
        };
    try (PpoFixture.Opened opened = tiny.open("gated", StageListener.SILENT)) {
      assertThatThrownBy(
              () -> PpoStage.run(opened.context(), strict, PpoFixture.planted(), Optional.empty()))
          .hasMessage("stopped by a gate");
    }
    assertThat(tiny.run("gated").resolve("policy/adapter_config.json")).doesNotExist();
    assertThat(tiny.run("gated").resolve("policy/checkpoint")).doesNotExist();
  }

  @Test
  void missingRewardModelsAreNamed() {
    try (PpoFixture.Opened opened = tiny.open("none", StageListener.SILENT)) {
      assertThatThrownBy(() -> PpoStage.run(opened.context(), PpoWatch.NONE))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("normalization.json");
    }
  }
}
