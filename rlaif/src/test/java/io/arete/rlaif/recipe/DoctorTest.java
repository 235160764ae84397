package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.gate.GatePhase;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.gate.GateResult.Outcome;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a run are replaced as a person might by mistake, and the gate that names it stops. */
class DoctorTest {

  private static final String TO_REWARD = "to-reward";
  private static final String WHOLE = "whole";

  @TempDir private static Path root;
  private static PipelineFixture tiny;

  @BeforeAll
  static void runOnce() throws IOException {
    tiny = PipelineFixture.write(root);
    Pipeline.run(tiny.request(TO_REWARD, Stage.REWARD, Set.of()));
    tiny.copy(TO_REWARD, WHOLE);
    Pipeline.run(tiny.request(WHOLE, Stage.EVALUATION, PipelineFixture.FORCED));
  }

  @Test
  void aHealthyRunIsStoppedByNothingButItsSizeAndItsFilesStayAsTheyAre() throws IOException {
    Map<String, String> before = PipelineFixture.bytes(tiny.run(WHOLE));

    DoctorReport report = doctor(WHOLE);

    assertThat(PipelineFixture.bytes(tiny.run(WHOLE))).isEqualTo(before);
    assertThat(stopping(report)).isSubsetOf(PipelineFixture.FORCED);
    assertThat(outcome(report, "scoring-path")).isEqualTo(Outcome.PASSED);
    assertThat(outcome(report, "score-alone")).isEqualTo(Outcome.PASSED);
    assertThat(outcome(report, "repeat")).isEqualTo(Outcome.PASSED);
    assertThat(outcome(report, "best-of")).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(report.text()).contains("cannot tell  best-of");
    assertThat(report.toJson().path("gates").findValuesAsText("outcome")).contains("passed");
  }

  @Test
  void wherePeopleLabeledTheWatchModelJudgesWhatTheEnsembleChose() throws IOException {
    Pipeline.run(
        tiny.request(
            "watched",
            Stage.REWARD,
            PipelineFixture.FORCED,
            "reward.watch_model=true",
            "gates.checks_share=1"));
    doctor("watched");

    JsonNode chosen =
        new ObjectMapper()
            .readTree(Files.readString(tiny.run("watched").resolve("checks/chosen.json")));
    JsonNode choice = chosen.findValue("choice");
    assertThat(choice.path("judge").asText()).isEqualTo("the watch reward model");
    assertThat(
            choice.path("won").asInt()
                + choice.path("lost").asInt()
                + choice.path("undecided").asInt())
        .isEqualTo(chosen.findValue("prompts").asInt());
  }

  @Test
  void whatRewardModelsAndGatesLeaveIsWhatTheirSchemasSay() throws IOException {
    Path reward = tiny.run(WHOLE).resolve("reward");
    Schemas.valid("reward-lengths", Files.readString(reward.resolve("lengths.json")));
    Schemas.valid("reward-members", Files.readString(reward.resolve("members.json")));
    for (String facet : List.of("action", "motivation", "consequences")) {
      Path model = reward.resolve(facet);
      Schemas.valid("reward-evaluation", Files.readString(model.resolve("evaluation.json")));
      Schemas.valid("reward-normalization", Files.readString(model.resolve("normalization.json")));
      Schemas.valid(model.resolve("held-out.jsonl"), "reward-held-out", true);
    }
    Schemas.valid("gates", Files.readString(tiny.run(WHOLE).resolve("gates.json")));
  }

  @Test
  void theSummaryNamesWhatWasForced() {
    assertThat(RunSummary.read(tiny.run(WHOLE)).text())
        .contains("ppo was run with --force held-out-accuracy --force held-out-loss");
    assertThat(tiny.run(WHOLE).resolve("run.json")).content().contains("\"forced\"");
  }

  /** Else who optimises the one reward model that learned would have to force two gates. */
  @Test
  void aRewardModelThatNoPolicyIsTrainedOnWarnsAtMost() throws IOException {
    for (String run : List.of("all-read", "one-read")) {
      tiny.copy(TO_REWARD, run);
      Path found = tiny.run(run).resolve("reward/motivation/evaluation.json");
      ObjectNode evaluation = (ObjectNode) JsonFile.read(found);
      evaluation.put("accuracy", 0.5).put("accuracy_low", 0.4).put("accuracy_high", 0.6);
      Files.writeString(found, JsonFile.text(evaluation));
    }
    // That gate would notice what was just done.
    Set<String> forced = Set.of("scoring-path");

    assertThatThrownBy(() -> Pipeline.run(tiny.request("all-read", Stage.PPO, forced)))
        .isInstanceOf(GateStop.class)
        .message()
        .contains("held-out-accuracy (motivation)")
        .doesNotContain("held-out-accuracy (action)");
    Pipeline.run(tiny.request("one-read", Stage.PPO, forced, "ppo.ensemble=action"));

    assertThat(Files.readString(tiny.run("one-read").resolve("gates.json")))
        .contains("no policy is trained on this model");
  }

  @Test
  void swappedFacetsStopBeforePpo() throws IOException {
    tiny.copy(TO_REWARD, "swapped");
    Path reward = tiny.run("swapped").resolve("reward");
    Files.move(reward.resolve("action"), reward.resolve("aside"));
    Files.move(reward.resolve("motivation"), reward.resolve("action"));
    Files.move(reward.resolve("aside"), reward.resolve("motivation"));

    assertThatThrownBy(
            () -> Pipeline.run(tiny.request("swapped", Stage.PPO, PipelineFixture.FORCED)))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("scoring-path (action)")
        .hasMessageContaining("other texts than were trained on");
    assertThat(outcome(doctor("swapped"), "scoring-path")).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void aHeadThatCannotBeReadIsTheScoringPathsStopAndNoCrash() throws IOException {
    tiny.copy(TO_REWARD, "damaged");
    Files.write(
        tiny.run("damaged").resolve("reward/action/adapter_model.safetensors"), new byte[64]);

    DoctorReport report = doctor("damaged");

    assertThat(outcome(report, "scoring-path")).isEqualTo(Outcome.STOPPED);
    assertThat(report.text()).contains("PPO's path cannot read the reward models");
  }

  @Test
  void rewardModelsOfTextsOfAnotherShapeAreNoticed() throws IOException {
    Pipeline.run(tiny.request("alone", Stage.REWARD, Set.of(), "reward.reads=prompt+reply"));
    tiny.copy(TO_REWARD, "shape");
    for (String file : List.of("evaluation.json", "adapter_model.safetensors")) {
      Files.copy(
          tiny.run("alone").resolve("reward/consequences").resolve(file),
          tiny.run("shape").resolve("reward/consequences").resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    DoctorReport report = doctor("shape");
    assertThat(outcome(report, "scoring-path")).isEqualTo(Outcome.STOPPED);
    assertThat(report.text()).contains("texts of another shape");
  }

  @Test
  void repliesThatWereCutOffStopBeforeTheRewardModels() {
    assertThatThrownBy(
            () ->
                Pipeline.run(
                    tiny.request("cut", Stage.REWARD, Set.of(), "gates.cut_reply_stop=0.35")))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("cut-replies (motivation)")
        .hasMessageContaining("before reward");
  }

  @Test
  void anEvaluationOfAnotherSeedIsNoticed() throws IOException {
    tiny.copy(WHOLE, "other-seed");
    Pipeline.run(
        PipelineFixture.from(
            Stage.EVALUATION,
            tiny.request(
                "other-seed", Stage.EVALUATION, PipelineFixture.FORCED, "evaluation.seed=99")));
    tiny.copy(WHOLE, "unseeded");
    Files.copy(
        tiny.run("other-seed").resolve("evaluation/base.jsonl"),
        tiny.run("unseeded").resolve("evaluation/base.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);

    DoctorReport report = doctor("unseeded");

    assertThat(outcome(report, "repeat")).isEqualTo(Outcome.STOPPED);
    assertThat(report.text()).contains("8 of 8 of base").doesNotContain("of tuned,");
    assertThat(outcome(doctor("other-seed"), "repeat")).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aRunOfAnEarlierVersionIsReadWithoutWhatItDidNotWrite() throws IOException {
    tiny.copy(TO_REWARD, "old");
    for (String facet : List.of("action", "motivation", "consequences")) {
      Path file = tiny.run("old").resolve("reward/" + facet + "/evaluation.json");
      Files.writeString(
          file, Files.readString(file).replaceFirst("\"texts\" : \"[0-9a-f]+\",", ""));
    }
    assertThat(outcome(doctor("old"), "scoring-path")).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aRunThatHasDoneNothingIsToldSoGateByGate() {
    assertThatThrownBy(() -> doctor("nowhere"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("is no run");
    Pipeline.run(tiny.request("begun", Stage.SFT, Set.of()));
    DoctorReport report = doctor("begun");
    assertThat(report.stops()).isFalse();
    assertThat(report.count(Outcome.CANNOT_TELL)).isGreaterThan(20);
    assertThat(report.text()).contains("the stage reward is not done");
  }

  @Test
  void withoutModelsOnlyFilesAreRead() {
    DoctorReport report = Doctor.examine(tiny.run(WHOLE), false, StageListener.SILENT);
    assertThat(outcome(report, "first-loss")).isEqualTo(Outcome.PASSED);
    assertThat(report.text()).contains("experiments were not asked for");
  }

  @Test
  void aForcedGateStaysVisibleAndStillSaysStop() {
    GateResult ties = GateResult.ofJson(JsonFile.read(writeTies()));
    DoctorReport report =
        new DoctorReport("run", Map.of(GatePhase.BEFORE_REWARD, List.of(ties)), Set.of("ties"));
    assertThat(report.text()).contains("FORCED       ties (action)");
    assertThat(report.stops()).isTrue();
    assertThat(report.toJson().path("gates").get(0).path("forced").asBoolean()).isTrue();
  }

  private static Path writeTies() {
    try {
      return Files.writeString(
          root.resolve("ties.json"),
          "{\"name\": \"ties\", \"about\": \"action\", \"passed\": false, \"stops\": true}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DoctorReport doctor(String run) {
    return Doctor.examine(tiny.run(run), true, StageListener.SILENT);
  }

  private static List<String> stopping(DoctorReport report) {
    return report.results().values().stream()
        .flatMap(List::stream)
        .filter(GateResult::halts)
        .map(GateResult::name)
        .distinct()
        .toList();
  }

  /** The worst that gates of that name say. */
  private static Outcome outcome(DoctorReport report, String gate) {
    List<Outcome> outcomes =
        report.results().values().stream()
            .flatMap(List::stream)
            .filter(result -> result.name().equals(gate))
            .map(GateResult::outcome)
            .toList();
    for (Outcome worst :
        List.of(Outcome.STOPPED, Outcome.WARNED, Outcome.PASSED, Outcome.CANNOT_TELL)) {
      if (outcomes.contains(worst)) {
        return worst;
      }
    }
    throw new AssertionError("no gate " + gate);
  }
}
