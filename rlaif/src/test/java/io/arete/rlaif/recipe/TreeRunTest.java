package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.contentOf;

import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRunTest {

  private static final String SEEDS = "seeds=[1, 2, 3]";
  private static final String GRID =
      "grid={sft.enabled: [false, true], ppo.kl_coefficient: [0.05, 0.5]}";

  @TempDir private static Path root;
  private static PipelineFixture tiny;

  @BeforeAll
  static void runOnce() throws IOException {
    tiny = PipelineFixture.write(root);
    run("seeds", Stage.EVALUATION, SEEDS);
    run("grid", Stage.REWARD, GRID);
  }

  private static void run(String name, Stage to, String... overrides) {
    TreeRun.run(tiny.request(name, to, PipelineFixture.FORCED, overrides), request -> {});
  }

  @Test
  void everySeedIsAWholeRunOnTheFeedbackOfTheOne() throws IOException {
    Path run = tiny.run("seeds");
    assertThat(run.resolve("reward")).doesNotExist();
    for (String seed : new String[] {"1", "2", "3"}) {
      Path own = run.resolve("seeds").resolve(seed);
      for (String file : new String[] {"feedback/conversations.jsonl", "sft/metrics.jsonl"}) {
        assertThat(Files.isSameFile(own.resolve(file), run.resolve(file)))
            .as("the same content, not a copy")
            .isTrue();
      }
      assertThat(contentOf(own.resolve("splits.json").toFile()))
          .isEqualTo(contentOf(run.resolve("splits.json").toFile()));
      assertThat(RunSummary.read(own).text()).contains("evaluation     done");
      assertThat(RunManifest.ofRun(own).seed()).isEqualTo(Long.parseLong(seed));
      assertThat(RunManifest.ofRun(own).stage(Stage.FEEDBACK).takenFrom()).isEqualTo("../..");
      assertThat(contentOf(own.resolve("memory.json").toFile())).contains("\"ppo\"");
    }
    assertThat(run.resolve("seeds/1/reward/action/adapter_model.safetensors"))
        .content(StandardCharsets.ISO_8859_1)
        .isNotEqualTo(
            Files.readString(
                run.resolve("seeds/2/reward/action/adapter_model.safetensors"),
                StandardCharsets.ISO_8859_1));
  }

  @Test
  void seedsEndWithTheSentenceOfOneModelAndThatOfTheRecipe() {
    TreeTable table = TreeTable.of(RunTree.ofFolder(tiny.run("seeds")));

    assertThat(table.text())
        .contains("This model (seed 1): ")
        .contains("(95 % interval over 3 seeds and 8 prompts; sd between seeds ")
        .containsPattern("This recipe: (gain|no gain|cannot tell), tuned - base is")
        .contains("over seeds");
    var over = table.toJson().path("cells").path(0).path("over_seeds");
    assertThat(over.path("score_tuned_minus_base").path("seeds").asInt()).isEqualTo(3);
    assertThat(over.path("true_worth_tuned_minus_base").path("low").isNumber()).isTrue();
    assertThat(over.path("reward_accuracy").path("value").asDouble()).isBetween(0.0, 1.0);
    assertThat(contentOf(tiny.run("seeds").resolve(TreeTable.CSV).toFile()).lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line.split(",", -1)).hasSizeGreaterThan(20));
  }

  @Test
  void twoSeedsSayNothingAboutTheRecipe() {
    assertThat(
            TreeTable.of(
                    RunTree.of(
                        tiny.request("seeds", Stage.SFT, Set.of(), "seeds=[1, 2]").recipe(),
                        tiny.run("seeds")))
                .text())
        .contains("This recipe: cannot tell, 2 of its seeds came to an evaluation");
  }

  @Test
  void aTreeThatIsDoneIsNotDoneAgain() throws IOException {
    var before = bytes(tiny.run("seeds"));
    run("seeds", Stage.EVALUATION, SEEDS);
    assertThat(bytes(tiny.run("seeds"))).isEqualTo(before);
  }

  @Test
  void aSeedThatWasCutGoesOnAndEndsWithTheSameBytes() throws IOException {
    for (int steps : new int[] {1, 30, 60}) {
      PipelineRequest request =
          PipelineFixture.heardBy(
              new Cut(steps), tiny.request("cut", Stage.EVALUATION, PipelineFixture.FORCED, SEEDS));
      try {
        TreeRun.run(request, run -> {});
      } catch (Cut.Here here) {
        assertThat(tiny.run("cut").resolve("run.json")).exists();
      }
    }
    run("cut", Stage.EVALUATION, SEEDS);
    assertThat(bytes(tiny.run("cut"))).isEqualTo(bytes(tiny.run("seeds")));
  }

  @Test
  void seedsFollowWhenTheFeedbackIsMadeAnew() throws IOException {
    run("anew", Stage.REWARD, "seeds=[1]");
    Path model = tiny.run("anew").resolve("seeds/1/reward/action/adapter_model.safetensors");
    byte[] before = Files.readAllBytes(model);
    PipelineRequest other =
        tiny.request(
            "anew", Stage.REWARD, PipelineFixture.FORCED, "seeds=[1]", "sft.learning_rate=0.05");

    assertThatThrownBy(() -> TreeRun.run(other, run -> {}))
        .hasMessageContaining("recipe section sft changed");
    TreeRun.run(PipelineFixture.from(Stage.SFT, other), run -> {});

    assertThat(Files.readAllBytes(model)).isNotEqualTo(before);
  }

  @Test
  void cellsShareWhatIsMadeOfTheSame() throws IOException {
    RunTree tree = RunTree.ofFolder(tiny.run("grid"));
    assertThat(tree.cells()).hasSize(4);
    Path first = tree.cells().get(0).folder();
    Path second = tree.cells().get(1).folder();
    assertThat(String.valueOf(first.getFileName()))
        .isEqualTo("sft.enabled=false+ppo.kl_coefficient=0.05");
    String model = "reward/action/adapter_model.safetensors";
    assertThat(Files.isSameFile(first.resolve(model), second.resolve(model))).isTrue();
    assertThat(Files.isSameFile(first.resolve(model), tree.cells().get(2).folder().resolve(model)))
        .isFalse();
    assertThat(RunManifest.ofRun(second).stage(Stage.REWARD).takenFrom())
        .isEqualTo("../sft.enabled=false+ppo.kl_coefficient=0.05");
    assertThat(contentOf(second.resolve("gates.json").toFile())).contains("before reward");
    assertThat(first.resolve("sft/adapter_model.safetensors")).doesNotExist();
    assertThat(TreeTable.of(tree).text())
        .contains("sft.enabled=true, ppo.kl_coefficient=0.5")
        .contains("done to reward");
  }

  @Test
  void aCellThatAGateStopsIsARowAndNotTheEnd() {
    PipelineRequest request =
        tiny.request(
            "stopped",
            Stage.PPO,
            PipelineFixture.FORCED,
            "ppo.iterations=1",
            "grid={gates.cut_reply_stop: [0.01, 1]}");
    assertThatThrownBy(() -> TreeRun.run(request, run -> {}))
        .isInstanceOf(GateStop.class)
        .hasMessageStartingWith("Gates stopped 1 of 2 runs; the first is cells/gates.cut_reply");
    TreeTable table = TreeTable.of(RunTree.ofFolder(tiny.run("stopped")));
    assertThat(table.text())
        .contains("stopped before ")
        .contains("stopped (gates.cut_reply_stop=0.01, seed 3): The gate ")
        .contains("done to ppo");
    var row = JsonFile.read(tiny.run("stopped").resolve(TreeTable.JSON)).path("cells").path(0);
    assertThat(row.path("settings").path("gates.cut_reply_stop").asText()).isEqualTo("0.01");
    assertThat(row.path("runs").path(0).path("reason").asText()).startsWith("The gate ");
  }

  @Test
  void aDryRunCountsOnceWhatIsMadeOnce() {
    var grid = TreeForecast.of(tiny.request("none", Stage.ATTACK, Set.of(), GRID)).json();
    var single = TreeForecast.of(tiny.request("none", Stage.ATTACK, Set.of())).json();
    assertThat(grid.path("cells")).hasSize(4);
    assertThat(grid.path("cells").path(1).path("disk_bytes").asLong())
        .isPositive()
        .isLessThan(grid.path("cells").path(0).path("disk_bytes").asLong());
    assertThat(single.path("stages").isArray()).isTrue();
    assertThat(tiny.run("none")).doesNotExist();
  }

  /**
   * All files but locks, times and memory, in every run below, and the tables, which show those.
   */
  static Map<String, String> bytes(Path run) throws IOException {
    Map<String, String> all = new TreeMap<>(PipelineFixture.bytes(run));
    all.keySet()
        .removeIf(
            file ->
                file.matches(
                    "(.*/)?(\\.lock|times\\.json|memory\\.json|report\\.html|table\\..*)"));
    return all;
  }
}
