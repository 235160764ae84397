package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.contentOf;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.ResultFile;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  private static final String TO_REWARD = "to-reward";
  private static final String WHOLE = "whole";

  /** All that an evaluation can be asked for. */
  private static final String[] WIDE = {
    "evaluation.systems=all",
    "evaluation.best_of=3",
    "evaluation.judge=truth",
    "evaluation.refusals.unsafe=attacks.jsonl",
    "evaluation.refusals.safe=questions.jsonl"
  };

  @TempDir private static Path root;
  private static PipelineFixture tiny;

  @BeforeAll
  static void runOnce() throws IOException {
    tiny = PipelineFixture.write(root);
    Pipeline.run(tiny.request(TO_REWARD, Stage.REWARD, Set.of()));
    tiny.copy(TO_REWARD, WHOLE);
    Pipeline.run(tiny.request(WHOLE, Stage.ATTACK, PipelineFixture.FORCED, WIDE));
  }

  @Test
  void aWholeRunEndsWithAVerdictAndEveryNumberOfTheSummary() {
    RunSummary summary = RunSummary.read(tiny.run(WHOLE));
    assertThat(summary.text())
        .contains("evaluation     done")
        .contains("no order to decide")
        .contains("held-out accuracy")
        .contains("tuned - base")
        .contains("tuned - sft")
        .containsPattern("ensemble: tuned is better on \\d prompts, worse on \\d; p = 0\\.\\d{4}")
        .containsPattern("after Holm: action [01]\\.\\d{4}, motivation [01]\\.\\d{4}, ")
        .contains("nats a reply")
        .contains("held-out-accuracy (consequences)")
        .contains("truly right: labels, scores")
        .contains("true worth (n = 8 prompts)")
        .contains("plain questions (n = 2)")
        .contains("people's replies (n = 8)")
        .contains("Cannot tell whether 2 points are lost")
        .contains("about 1000 questions would tell")
        .contains("through 2 jailbreaks (n = 2)")
        .contains("> What about ");
    assertThat(summary.toJson().path("verdict").asText()).contains("tuned - base is");
    assertThat(summary.toJson().path("evaluation").path("n").asInt()).isEqualTo(8);
  }

  @Test
  void theTruthIsReportedForEverySystemAndNothingIsChosenByIt() {
    var truth = JsonFile.read(tiny.run(WHOLE).resolve("evaluation/summary.json")).path("truth");
    for (String system : new String[] {"base", "sft", "tuned"}) {
      assertThat(truth.path("outcomes").path("action").path(system).asDouble())
          .isBetween(-1.0, 1.0);
    }
    // The letters' worth does not depend on the prompt.
    assertThat(truth.path("swapped")).isEqualTo(truth.path("outcomes"));
    var reward = JsonFile.read(tiny.run(WHOLE).resolve("reward/action/evaluation.json"));
    assertThat(reward.path("truth").path("n").asInt()).isPositive();
    assertThatThrownBy(
            () -> Pipeline.run(tiny.request("unknown", Stage.SFT, Set.of(), "data.truth=nobody")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("data.truth is nobody")
        .hasMessageContaining("known: letters");
  }

  @Test
  void aBaseInFourBitsIsTrainedAndARunKeepsItsForm() throws IOException {
    Pipeline.run(tiny.request("nf4", Stage.SFT, Set.of(), "tuning=qlora"));
    assertThat(contentOf(tiny.run("nf4").resolve("run.json").toFile()))
        .contains("\"tuning\" : \"qlora\"");
    assertThat(Files.readAllBytes(tiny.run("nf4").resolve("sft/adapter_model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(tiny.run(WHOLE).resolve("sft/adapter_model.safetensors")));
    assertThatThrownBy(() -> Pipeline.run(tiny.request("nf4", Stage.SFT, Set.of())))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("tuning");
  }

  @Test
  void everySystemIsAttackedWithTheSameRequests() {
    Path folder = tiny.run(WHOLE).resolve("attack");
    var summary = JsonFile.read(folder.resolve("summary.json"));
    for (String system : new String[] {"base", "base-rule", "tuned", "tuned-rule"}) {
      assertThat(folder.resolve(system + ".jsonl")).content().hasLineCount(3);
      assertThat(summary.path("systems").path(system).path("attacked").path("n").asInt())
          .isEqualTo(2);
    }
    // The rule stands in no file that a reward model or a truth reads.
    assertThat(folder.resolve("base-rule.jsonl")).content().doesNotContain("ethical");
    assertThat(folder.resolve("SENSITIVE.txt")).content().contains("Do not share");
    assertThat(folder.resolve("base-rule.jsonl"))
        .content()
        .isNotEqualTo(contentOf(folder.resolve("base.jsonl").toFile()));
    assertThatThrownBy(
            () ->
                Pipeline.run(
                    tiny.request(
                        WHOLE,
                        Stage.ATTACK,
                        PipelineFixture.FORCED,
                        Stream.concat(Stream.of("attack.prompts=questions.jsonl"), Stream.of(WIDE))
                            .toArray(String[]::new))))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("attack.prompts changed");
  }

  @Test
  void theThreeSystemsAnswerTheSamePrompts() {
    Path folder = tiny.run(WHOLE).resolve("evaluation");
    for (String system : new String[] {"base", "sft", "tuned"}) {
      assertThat(folder.resolve(system + ".jsonl")).exists();
    }
    var plan = JsonFile.read(folder.resolve("plan.json"));
    assertThat(plan.path("primary_outcome").asText()).isEqualTo("ensemble");
    assertThat(plan.path("n").asInt()).isEqualTo(8);
    var summary = JsonFile.read(folder.resolve("summary.json"));
    assertThat(summary.path("systems").path("base").path("identical_to_base_share").asDouble())
        .isEqualTo(1);
  }

  @Test
  void rulesAndChoiceAnswerTheSamePromptsInOneTableWithTheTruthBeside() {
    Path folder = tiny.run(WHOLE).resolve("evaluation");
    // Who scores never sees the rules, and the speaker does.
    assertThat(folder.resolve("base+rules.jsonl")).content().doesNotContain("ethical");
    assertThat(folder.resolve("base+rules.jsonl"))
        .content()
        .isNotEqualTo(contentOf(folder.resolve("base.jsonl").toFile()));
    var table = JsonFile.read(folder.resolve("summary.json")).path("systems_table");
    for (String outcome : new String[] {"ensemble", "action", "mean", "worth"}) {
      for (String system :
          new String[] {"base", "base+rules", "sft", "best-of-n", "tuned", "tuned+rules"}) {
        var row = table.path("outcomes").path(outcome).path("systems").path(system);
        assertThat(row.path("mean").path("low").isNumber()).as(outcome + " " + system).isTrue();
        assertThat(row.has("minus_base")).isEqualTo(!system.equals("base"));
      }
    }
    // The ensemble picks by itself, so by its own word the best of 3 cannot be worse than one.
    var scores = table.path("outcomes").path("ensemble").path("systems");
    assertThat(scores.path("best-of-n").path("mean").path("mean").asDouble())
        .isGreaterThan(scores.path("sft").path("mean").path("mean").asDouble());
    assertThat(scores.path("tuned").path("minus_base").path("high"))
        .as("one interval for one comparison")
        .isEqualTo(
            JsonFile.read(folder.resolve("summary.json"))
                .path("tuned_minus_base")
                .path("ensemble")
                .path("high"));
    assertThat(RunSummary.read(tiny.run(WHOLE)).text())
        .contains("system         score (n = 8)")
        .contains("\ntuned+rules ")
        .contains("\nsystem         true worth, less base")
        .contains("so that the score does not judge it");
    assertThatThrownBy(
            () -> tiny.request("none", Stage.SFT, Set.of(), "evaluation.systems=[base, sft]"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("evaluation.systems leaves out base or tuned");
  }

  /** Else two systems would differ by their luck, and an interval would hold that as well. */
  @Test
  void aPolicyThatDidNotMoveSaysTheVeryWordsOfTheModelBefore() throws IOException {
    tiny.copy(TO_REWARD, "unmoved");
    Pipeline.run(
        tiny.request(
            "unmoved",
            Stage.EVALUATION,
            PipelineFixture.FORCED,
            "ppo.policy_learning_rate=1e-30",
            "evaluation.systems=[base, sft, tuned]"));
    Path folder = tiny.run("unmoved").resolve("evaluation");
    assertThat(replies(folder.resolve("tuned.jsonl")))
        .hasSize(16)
        .isEqualTo(replies(folder.resolve("sft.jsonl")))
        .isNotEqualTo(replies(folder.resolve("base.jsonl")));
  }

  /** All tokens of every conversation. */
  private static List<String> replies(Path file) {
    List<String> all = new ArrayList<>();
    for (JsonNode row : JsonLines.readAppended(file, (line, row) -> Optional.<JsonNode>of(row))) {
      row.path("conversations")
          .forEach(
              one ->
                  all.add(
                      Stream.of("action", "motivation", "consequences")
                          .map(facet -> one.path(facet).path("ids").toString())
                          .collect(Collectors.joining(" "))));
    }
    return all;
  }

  /** Whatever stands beside the planned comparison is one family, wherever it stands. */
  @Test
  void allOtherComparisonsAreAdjustedTogether() {
    JsonNode summary = JsonFile.read(tiny.run(WHOLE).resolve("evaluation/summary.json"));
    JsonNode againstBase = summary.path("tuned_minus_base");
    assertThat(againstBase.path("ensemble").has("p_holm")).isFalse();
    JsonNode table = summary.path("systems_table").path("outcomes");
    assertThat(againstBase.path("action").path("p_holm"))
        .isEqualTo(
            table.path("action").path("systems").path("tuned").path("minus_base").path("p_holm"));
    // Seven outcomes of five systems, without the planned one; and six of tuned less fine-tuned.
    int family = 7 * 5 - 1 + 6;
    summary
        .path("tuned_minus_sft")
        .forEach(
            row ->
                assertThat(row.path("p_holm").asDouble())
                    .isGreaterThanOrEqualTo(row.path("p_permutation").asDouble())
                    .isLessThanOrEqualTo(
                        Math.min(1, family * row.path("p_permutation").asDouble() + 1e-12)));
    assertThat(summary.path("tuned_minus_sft").path("ensemble").has("p_holm")).isTrue();
  }

  @Test
  void theSummariesAreWhatTheirSchemaSays() throws IOException {
    DocumentedFile.check("evaluation-summary", tiny.run(WHOLE).resolve("evaluation/summary.json"));
  }

  @Test
  void everySystemIsAskedWhatItShouldAndShouldNotRefuse() {
    var refusals =
        JsonFile.read(tiny.run(WHOLE).resolve("evaluation/summary.json")).path("refusals");
    assertThat(refusals.path("unsafe").path("n").asInt()).isEqualTo(3);
    assertThat(refusals.path("safe").path("n").asInt()).isEqualTo(2);
    for (String system : new String[] {"base", "base+rules", "sft", "tuned", "tuned+rules"}) {
      assertThat(refusals.path("unsafe").path("systems").path(system).path("n").asInt())
          .isEqualTo(3);
      assertThat(tiny.run(WHOLE).resolve("evaluation/refusals-" + system + ".jsonl"))
          .content()
          .hasLineCount(5)
          .contains("\"request\":\"safe\"");
    }
    assertThat(refusals.path("safe").path("tuned_minus_base").path("low").isNumber()).isTrue();
    assertThat(RunSummary.read(tiny.run(WHOLE)).text()).contains("unsafe (n = 3)");
  }

  @Test
  void anIndependentJudgeComparesBaseAndTunedAndIsSomebodyElse() {
    var judge = JsonFile.read(tiny.run(WHOLE).resolve("evaluation/summary.json")).path("judge");
    assertThat(judge.path("who").asText()).isEqualTo("truth");
    for (String facet : new String[] {"action", "motivation", "consequences"}) {
      var row = judge.path("facets").path(facet);
      assertThat(row.path("comparisons").asInt()).isEqualTo(16);
      assertThat(row.path("win_share").asDouble()).isBetween(0.0, 1.0);
      // The truth has no lean to a side.
      assertThat(row.path("order_decided_share").asDouble()).isZero();
    }
    // It is the tuned one's share that is told, whichever of the two is better.
    assertThat(judge.path("facets").path("action").path("win_share").asDouble())
        .isCloseTo(trueWins(Facet.ACTION), within(1e-9));
    assertThat(RunSummary.read(tiny.run(WHOLE)).text()).contains("(the judge is truth)");
    assertThatThrownBy(
            () ->
                tiny.request(
                    "own", Stage.SFT, Set.of(), "feedback.source=local", "evaluation.judge=model"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("evaluation.judge is the labeler");
  }

  /** Share of conversations of which the tuned model's is truly better; a tie counts half. */
  private static double trueWins(Facet facet) {
    List<ScoredConversation> base = conversations("base");
    List<ScoredConversation> tuned = conversations("tuned");
    return IntStream.range(0, base.size())
        .mapToDouble(i -> worth(tuned.get(i), facet) - worth(base.get(i), facet))
        .map(lead -> 1 / (1 + Math.exp(-4.5 * lead)))
        .map(p -> Math.abs(p - 0.5) < 0.02 ? 0.5 : Math.round(p))
        .average()
        .orElseThrow();
  }

  private static List<ScoredConversation> conversations(String system) {
    Path file = tiny.run(WHOLE).resolve("evaluation").resolve(system + ".jsonl");
    return new ResultFile(file, 1)
        .read().stream().flatMap(row -> row.conversations().stream()).toList();
  }

  private static double worth(ScoredConversation scored, Facet facet) {
    return new LetterTruth()
        .worth(Prompt.of(List.of(Message.user("any"))), scored.conversation())
        .orElseThrow()
        .getOrDefault(facet, Double.NaN);
  }

  @Test
  void aPolicyByDpoIsJudgedLikeOneByPpoAndByAModelThatRewardedNothing() throws IOException {
    Pipeline.run(
        tiny.request(
            "dpo",
            Stage.EVALUATION,
            PipelineFixture.FORCED,
            "ppo.algorithm=dpo",
            "reward.watch_model=true",
            "evaluation.systems=[base, best-of-n, tuned]",
            "evaluation.best_of=2"));

    Path file = tiny.run("dpo").resolve("evaluation/summary.json");
    DocumentedFile.check("evaluation-summary", file);
    var summary = JsonFile.read(file);
    var second = summary.path("verdict_reward_model");
    assertThat(second.path("tuned_minus_base").path("low").isNumber()).isTrue();
    assertThat(second.path("systems").path("base").asDouble())
        .as("another model than the run's own")
        .isNotEqualTo(summary.path("outcomes").path("ensemble").path("base").asDouble());
    assertThat(summary.path("after_the_study").path("tuned").asDouble()).isBetween(-0.5, 1.0);
    assertThat(RunSummary.read(tiny.run("dpo")).text()).contains("which rewarded nothing");
    assertThat(Doctor.examine(tiny.run("dpo"), false, StageListener.SILENT).text())
        .as("a log without replies has no drift, and is no reason to fail")
        .contains("first-loss");
    var judged =
        summary.path("systems_table").path("outcomes").path("verdict_reward_model").path("systems");
    assertThat(judged.path("best-of-n").path("minus_base").path("low").isNumber())
        .as("what the ensemble picked is judged by who did not pick")
        .isTrue();
  }

  @Test
  void aRunThatIsDoneIsNotDoneAgain() throws IOException {
    var before = PipelineFixture.bytes(tiny.run(WHOLE));
    Pipeline.run(tiny.request(WHOLE, Stage.ATTACK, PipelineFixture.FORCED, WIDE));
    assertThat(PipelineFixture.bytes(tiny.run(WHOLE))).isEqualTo(before);
  }

  @Test
  void aRunThatWasCutAnywhereInPpoEvaluationAndAttackEndsWithTheSameBytes() throws IOException {
    tiny.copy(TO_REWARD, "cut");
    for (int steps = 1; steps <= 6; steps++) {
      PipelineRequest request = tiny.request("cut", Stage.ATTACK, PipelineFixture.FORCED, WIDE);
      try {
        Pipeline.run(PipelineFixture.heardBy(new Cut(steps), request));
      } catch (Cut.Here here) {
        assertThat(tiny.run("cut").resolve("run.json")).content().contains("running");
      }
    }
    Pipeline.run(tiny.request("cut", Stage.ATTACK, PipelineFixture.FORCED, WIDE));
    assertThat(PipelineFixture.bytes(tiny.run("cut")))
        .isEqualTo(PipelineFixture.bytes(tiny.run(WHOLE)));
  }

  @Test
  void aGateStopsTheRunNamesItsCauseAndCanBeForced() throws IOException {
    tiny.copy(TO_REWARD, "stopped");
    String strict = "gates.held_out_accuracy_low=1";
    assertThatThrownBy(
            () ->
                Pipeline.run(
                    tiny.request("stopped", Stage.ATTACK, Set.of("held-out-loss"), strict)))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("held-out-accuracy (action)");
    assertThat(RunSummary.read(tiny.run("stopped")).text())
        .contains("ppo            stopped")
        .contains("No verdict: The gate held-out-accuracy (action) stopped the run");

    Pipeline.run(tiny.request("stopped", Stage.PPO, PipelineFixture.FORCED, strict));
    assertThat(RunSummary.read(tiny.run("stopped")).text())
        .contains("ppo            done")
        .contains("FORCED  held-out-accuracy (action)")
        .contains("Gates were forced: held-out-accuracy");
  }

  @Test
  void whatAGateHaltedBeforeItBeganMayBeAskedForOtherwise() throws IOException {
    tiny.copy(TO_REWARD, "asked otherwise");
    String strict = "gates.held_out_accuracy_low=1";
    PipelineRequest halted =
        tiny.request("asked otherwise", Stage.PPO, Set.of("held-out-loss"), strict);
    assertThatThrownBy(() -> Pipeline.run(halted)).isInstanceOf(GateStop.class);

    Pipeline.run(
        tiny.request("asked otherwise", Stage.PPO, PipelineFixture.FORCED, "ppo.iterations=1"));
    assertThat(tiny.run("asked otherwise").resolve("policy/metrics.jsonl"))
        .content()
        .hasLineCount(1);
    PipelineRequest again = tiny.request("asked otherwise", Stage.PPO, PipelineFixture.FORCED);
    assertThatThrownBy(() -> Pipeline.run(again))
        .hasMessageContaining("recipe section ppo changed")
        .hasMessageContaining("--from ppo");
  }

  @Test
  void theSummaryOfAHalfFinishedRunShowsWhatThereIs() throws IOException {
    RunSummary summary = RunSummary.read(tiny.run(TO_REWARD));
    assertThat(summary.text())
        .contains("reward         done")
        .contains("ppo            pending")
        .contains("No verdict yet");
    assertThatThrownBy(() -> RunSummary.read(root))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("run.json");
  }

  @Test
  void twoRunsInOneFolderAreRefused() {
    try (RunFolder taken = RunFolder.open(tiny.run("taken"))) {
      assertThatThrownBy(() -> Pipeline.run(tiny.request("taken", Stage.SFT, Set.of())))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("Another run is using")
          .hasMessageContaining(taken.root().toString());
    }
  }

  @Test
  void aStageWhoseRecipeChangedSaysSoAndIsRepeatedWhenAsked() throws IOException {
    tiny.copy(TO_REWARD, "changed");
    PipelineRequest changed =
        tiny.request("changed", Stage.REWARD, Set.of(), "reward.learning_rate=0.02");
    assertThatThrownBy(() -> Pipeline.run(changed))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("recipe section reward changed")
        .hasMessageContaining("--from reward");
    Path model = tiny.run("changed").resolve("reward/action/adapter_model.safetensors");
    byte[] before = Files.readAllBytes(model);

    Pipeline.run(PipelineFixture.from(Stage.REWARD, changed));
    assertThat(Files.readAllBytes(model)).isNotEqualTo(before);
  }

  @Test
  void aStageAloneNeedsTheStagesBeforeIt() {
    PipelineRequest request = tiny.request("alone", Stage.PPO, Set.of());
    assertThatThrownBy(() -> Pipeline.run(PipelineFixture.from(Stage.PPO, request)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("ppo needs the results of sft");
  }

  @Test
  void allMissingFilesOfARecipeAreNamedAtOnce() {
    PipelineRequest request =
        tiny.request("missing", Stage.SFT, Set.of(), "base=nowhere", "data.pairs=none.jsonl");
    assertThatThrownBy(() -> Pipeline.run(request))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("base is")
        .hasMessageContaining("data.pairs is")
        .hasMessageContaining("2 faults");
  }
}
