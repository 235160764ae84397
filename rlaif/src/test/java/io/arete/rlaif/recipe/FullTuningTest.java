package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All weights are trained, in two lanes, through the same stages as adapters are. */
class FullTuningTest {

  private static final String[] FULL = {
    "tuning=full", "threads=2", "sft.learning_rate=0.002", "ppo.policy_learning_rate=0.001"
  };

  @TempDir private static Path folder;
  private static PipelineFixture tiny;

  @BeforeAll
  static void runOnce() {
    tiny = PipelineFixture.write(folder);
    Pipeline.run(tiny.request("whole", Stage.ATTACK, PipelineFixture.FORCED, FULL));
  }

  @AfterAll
  static void oneThreadAgain() {
    Threads.use(1);
  }

  @Test
  void everyStageLeavesAModelOfItsOwn() {
    Path run = tiny.run("whole");
    for (String name : new String[] {"sft", "reward/action", "policy", "policy/critic"}) {
      assertThat(run.resolve(name).resolve("adapter_config.json")).doesNotExist();
      assertThat(ModelConfigReader.read(run.resolve(name)).layers()).isEqualTo(2);
    }
    assertThat(run.resolve("policy/tokenizer.json"))
        .hasSameBinaryContentAs(folder.resolve("model/tokenizer.json"));
    try (ModelFolder policy = ModelFolder.open(run.resolve("policy"));
        ModelFolder judge = ModelFolder.open(run.resolve("reward/action"))) {
      assertThat(policy.names()).doesNotContain("score.weight");
      assertThat(judge.names()).contains("score.weight").doesNotContain("lm_head.weight");
    }
    assertThat(JsonFile.read(run.resolve("reward/action/config.json")).path("architectures"))
        .hasToString("[\"LlamaForSequenceClassification\"]");
  }

  @Test
  void trainingMovesTheModelAndTheVerdictSeesIt() {
    Path run = tiny.run("whole");
    var sft = JsonFile.read(run.resolve("sft/summary.json"));
    assertThat(sft.path("watch_loss_end").asDouble())
        .isLessThan(sft.path("watch_loss_start").asDouble());
    var verdict = JsonFile.read(run.resolve("evaluation/summary.json"));
    assertThat(verdict.path("kl").path("nats_per_reply").asDouble()).isNotZero();
  }

  @Test
  void aRunThatWasCutEndsWithTheSameBytes() throws IOException {
    int cuts = 0;
    for (int moment : new int[] {4, 9, 14, 22, 30, 16}) {
      try {
        PipelineRequest request = tiny.request("cut", Stage.ATTACK, PipelineFixture.FORCED, FULL);
        Pipeline.run(PipelineFixture.heardBy(TinyRun.failingAt(moment), request));
      } catch (TinyRun.Killed killed) {
        cuts++;
      }
    }
    Pipeline.run(tiny.request("cut", Stage.ATTACK, PipelineFixture.FORCED, FULL));

    assertThat(cuts).isGreaterThanOrEqualTo(4);
    assertThat(PipelineFixture.bytes(tiny.run("cut")))
        .isEqualTo(PipelineFixture.bytes(tiny.run("whole")));
  }

  @Test
  void whatHasToBeComputedOtherwiseIsRefusedInOneSentence() throws IOException {
    assertThatThrownBy(
            () ->
                Pipeline.run(
                    tiny.request("half", Stage.SFT, Set.of(), "tuning=full", "dtype=bfloat16")))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("tuning is full")
        .hasMessageContaining("set dtype to float32");
    assertThat(Files.exists(tiny.run("half").resolve("sft/summary.json"))).isFalse();
  }
}
