package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.TinyChatModel;
import io.arete.engine.disk.FullDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  private static final String RECIPE =
      """
      name: tiny
      base: model
      dtype: float32
      threads: 1
      data: {pairs: pairs.jsonl, max_prompt_tokens: 60, watch_share: 0.4, verdict_share: 0.2}
      sft: {enabled: false}
      feedback:
        source: human
        max_reply_tokens: {action: 3, motivation: 3, consequences: 3}
      reward: {max_length: 240, held_out: 2}
      gates: {held_out_accuracy_low: 1, cut_reply_stop: 1}
      """;

  @TempDir private Path root;
  private Path recipe = Path.of("");
  private Path run = Path.of("");

  @BeforeEach
  void writeRecipe() throws IOException {
    TinyChatModel.write(root.resolve("model"), 5);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String talk = "\\n\\nHuman: What about " + i + "?\\n\\nAssistant: ";
      lines.append("{\"chosen\": \"" + talk + "Gladly\", \"rejected\": \"" + talk + "Never\"}\n");
    }
    Files.writeString(root.resolve("pairs.jsonl"), lines);
    recipe = Files.writeString(root.resolve("tiny.yaml"), RECIPE);
    run = root.resolve("run");
  }

  @Test
  void aGateEndsTheProcessWithThreeNamesItsCauseAndShowsWhatThereIs() {
    CommandRun result = CommandRun.of("", "run", recipe, "--run", run, "--quiet");
    assertThat(result.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(result.messages())
        .hasLineCount(1)
        .contains("The gate held-out-accuracy (action) stopped the run before ppo")
        .contains("--force held-out-accuracy");
    assertThat(result.output()).contains("ppo            stopped").contains("No verdict: The gate");

    CommandRun summary = CommandRun.of("", "summary", run, "--json");
    assertThat(summary.code()).isEqualTo(ExitCode.DONE);
    assertThat(summary.lines().get(0).path("stages").path("reward").path("state").asText())
        .isEqualTo("done");

    // As a run that is given in place of a recipe is told to be gone on with.
    Path itsRecipe = run.resolve("recipe.yaml");
    CommandRun again = CommandRun.of("", "run", itsRecipe, "--run", run, "--quiet");
    assertThat(again.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(again.messages()).isEqualTo(result.messages());

    // The doctor sees the same gate, and of what did not happen yet it says that it cannot tell.
    CommandRun doctor = CommandRun.of("", "doctor", run, "--quiet");
    assertThat(doctor.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(doctor.output())
        .contains("STOPPED      held-out-accuracy (action)")
        .contains("cannot tell  gain")
        .contains("the stage evaluation is not done");
    CommandRun json = CommandRun.of("", "doctor", run, "--json", "--files-only", "--quiet");
    assertThat(json.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(json.lines().get(0).path("stopped").asInt()).isPositive();
  }

  @Test
  void seedsAreWholeRunsShownInOneTableAndExaminedOneByOne() {
    Object[] run = {
      "run", recipe, "--run", this.run, "--quiet", "--to", "reward", "--set", "seeds=[1, 2]"
    };
    CommandRun dry = CommandRun.of("", add(run, "--dry-run"));
    assertThat(dry.code()).isEqualTo(ExitCode.DONE);
    assertThat(dry.output()).containsPattern("seeds +2 ").contains("made once");
    assertThat(this.run).doesNotExist();

    CommandRun result = CommandRun.of("", run);
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.output())
        .contains("done to reward")
        .contains("This model (seed 1): No verdict yet")
        .contains("This recipe: cannot tell, 0 of its seeds came to an evaluation");

    CommandRun summary = CommandRun.of("", "summary", this.run, "--json");
    assertThat(summary.lines().get(0).path("cells").path(0).path("runs")).hasSize(2);
    CommandRun doctor = CommandRun.of("", "doctor", this.run, "--files-only", "--json", "--quiet");
    assertThat(doctor.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(doctor.lines()).as("the run with the feedback, and a run a seed").hasSize(3);
  }

  private static Object[] add(Object[] arguments, Object last) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void validateNamesSeveralFaultsAtOnce() {
    CommandRun good = CommandRun.of("", "validate", recipe);
    assertThat(good.code()).isEqualTo(ExitCode.DONE);
    assertThat(good.output()).contains("is valid");

    CommandRun bad =
        CommandRun.of("", "validate", recipe, "--set", "ppo.epoch=2", "--set", "reward.epochs=0");
    assertThat(bad.code()).isEqualTo(ExitCode.ERROR);
    assertThat(bad.messages())
        .contains("2 faults")
        .contains("unknown key ppo.epoch; the nearest is ppo.epochs")
        .contains("reward.epochs is");
  }

  /** Else who has mended the keys is told next that files are not there. */
  @Test
  void filesThatAreNotThereAreNamedTogetherWithWrongKeysLineByLine() throws IOException {
    Path wrong =
        Files.writeString(
            root.resolve("wrong.yaml"),
            RECIPE
                    .replace("base: model", "base: none")
                    .replace("held_out: 2", "held_oat: 2")
                    .replace("pairs.jsonl", "gone.jsonl")
                + "evaluation: {unknown: 1}\nattack: {prompts: lost.jsonl}\n");
    for (String command : new String[] {"validate", "run"}) {
      CommandRun refused = CommandRun.of("", command, wrong);
      assertThat(refused.code()).isEqualTo(ExitCode.ERROR);
      assertThat(refused.messages())
          .contains("5 faults")
          .containsSubsequence(
              "line 2: base is ",
              "where there is no model",
              "line 5: data.pairs is ",
              "where there is no file",
              "line 10: unknown key reward.held_oat",
              "line 12: unknown key evaluation.unknown",
              "line 13: attack.prompts is ",
              "where there is no file");
    }
    CommandRun nameless =
        CommandRun.of("", "validate", Files.writeString(wrong, "data: {pairs: gone.jsonl}\n"));
    assertThat(nameless.messages())
        .contains("3 faults")
        .containsSubsequence("line 1: data.pairs is ", "name is missing", "base is missing");
  }

  @Test
  void aStageAloneSaysWhichStageIsMissing() {
    CommandRun result = CommandRun.of("", "ppo", recipe, "--run", run, "--quiet");
    assertThat(result.code()).isEqualTo(ExitCode.ERROR);
    assertThat(result.messages()).contains("ppo needs the results of sft").contains("--from sft");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsOneSentenceWithTheFile() {
    FullDevice.standIn(run.resolve(".run.json.partial"));
    CommandRun result = CommandRun.of("", "run", recipe, "--run", run, "--quiet");
    assertThat(result.code()).isEqualTo(ExitCode.ERROR);
    assertThat(result.messages())
        .hasLineCount(1)
        .startsWith("No space is left on the disk to write " + run.resolve("run.json"))
        .endsWith("free some and start again");
  }

  @Test
  void aRunInPlaceOfARecipeIsToldHowToGoOn() throws IOException {
    Path copy = Files.createDirectories(run).resolve("recipe.yaml");
    Files.writeString(copy, RECIPE);
    String sentence =
        "%s is a run, not a recipe; give its recipe, %s, and --run %s to go on with it."
            .formatted(run, copy, run);
    for (String command : new String[] {"run", "ppo", "validate"}) {
      CommandRun result = CommandRun.of("", command, run);
      assertThat(result.code()).isEqualTo(ExitCode.ERROR);
      assertThat(result.messages()).isEqualTo(sentence);
    }
  }

  @Test
  void anUnknownGateIsWrongUsage() {
    CommandRun result = CommandRun.of("", "run", recipe, "--force", "luck");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.messages()).contains("There is no gate 'luck'").contains("held-out-loss");
    assertThat(CommandRun.of("", "run", recipe, "--force", "agrement").messages())
        .startsWith("There is no gate 'agrement'; the nearest is agreement, and all are ties, ");
  }
}
