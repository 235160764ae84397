package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardCommandTest {

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
      reward: {max_length: auto, held_out: 2, seeds: 2}
      gates: {cut_reply_stop: 1}
      """;

  @TempDir private static Path root;
  private static Path pairs = Path.of("");
  private static Path run = Path.of("");

  @BeforeAll
  static void trainRewardModels() throws IOException {
    TinyChatModel.write(root.resolve("model"), 5);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      String talk = "\\n\\nHuman: What about " + i + "?\\n\\nAssistant: ";
      lines.append("{\"chosen\": \"" + talk + "Gladly\", \"rejected\": \"" + talk + "Never\"}\n");
    }
    pairs = Files.writeString(root.resolve("pairs.jsonl"), lines);
    Path recipe = Files.writeString(root.resolve("tiny.yaml"), RECIPE);
    run = root.resolve("run");
    CommandRun made = CommandRun.of("", "run", recipe, "--to", "REWARD", "--run", run, "--quiet");
    assertThat(made.messages()).isEmpty();
    assertThat(made.output())
        .contains("text, tokens", "(taken)", "accuracy at like length", "correlation of the");
  }

  @Test
  void lengthsAreShownWithWhatEachWouldKeepAndCost() {
    JsonNode shown =
        CommandRun.of("", "reward", "lengths", run, "--json", "--quiet").lines().get(0);
    assertThat(shown.path("chosen_by").asText()).isEqualTo("kept_share");
    assertThat(shown.path("gigaflops").asDouble()).isPositive();
    double kept = 0;
    for (JsonNode row : shown.path("lengths")) {
      assertThat(row.path("kept_whole_share").asDouble()).isGreaterThanOrEqualTo(kept);
      assertThat(row.path("peak_memory_bytes").asLong()).isPositive();
      kept = row.path("kept_whole_share").asDouble();
    }
    assertThat(kept).isEqualTo(1);
    assertThat(CommandRun.of("", "reward", "lengths", run, "--quiet").output())
        .contains("whole", "a step takes at least");
  }

  @Test
  void severalModelsAreTriedOnSomeonesPairs() {
    Path first = run.resolve("reward/action");
    Path second = run.resolve("reward/seed-2/action");
    CommandRun tried =
        CommandRun.of(
            "",
            "reward",
            "evaluate",
            first,
            second,
            "--base",
            root.resolve("model"),
            "--pairs",
            pairs,
            "--json",
            "--quiet");
    assertThat(tried.messages()).isEmpty();
    JsonNode found = tried.lines().get(0);
    assertThat(found.path("pairs").asInt()).isEqualTo(14);
    JsonNode model = found.path("models").path(first.toString());
    assertThat(model.path("decided").asInt()).isEqualTo(14);
    assertThat(model.path("by_length").has("spearman")).isTrue();
    assertThat(found.path("disagreement").path("texts").asInt()).isEqualTo(28);
    assertThat(found.path("disagreement_held_out").path("mean_sd").asDouble()).isPositive();
    CommandRun table =
        CommandRun.of(
            "",
            "reward",
            "evaluate",
            first,
            second,
            "--base",
            root.resolve("model"),
            "--pairs",
            pairs,
            "--quiet");
    assertThat(table.output()).contains("14 pairs", "accuracy (95 %)", "disagreement");
    // Of models that are made, and of labels that are all as sure, nobody knows these.
    assertThat(table.output())
        .doesNotContain("first loss", "unclear, middling, clear", "truly right", " - ")
        .doesNotContainPattern("(?m) $");
  }

  @Test
  void someonesPairsMakeARewardModelWhoseTrialIsShownThoughAGateStopsIt() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(
          "{\"prompt\": \"What about %d?\", \"chosen\": \"Gladly\", \"rejected\": \"Never\", \"p\": 0.8}%n"
              .formatted(i));
    }
    Path own = Files.writeString(root.resolve("own.jsonl"), lines);
    Path out = root.resolve("own-reward");
    Object[] asked = {
      "reward",
      "train",
      own,
      "--base",
      root.resolve("model"),
      "--out",
      out,
      "--quiet",
      "--set",
      "dtype=float32",
      "--set",
      "threads=1",
      "--set",
      "reward.batch_size=4",
      "--set",
      "reward.epochs=1",
      "--held-out-share",
      "0.08"
    };
    CommandRun made = CommandRun.of("", asked);
    // Three held-out pairs cannot tell 55 % from all.
    assertThat(made.code()).isEqualTo(ExitCode.STOPPED);
    assertThat(made.output())
        .contains("learned from 37 pairs in 10 steps", "held-out accuracy", "first loss");
    assertThat(made.messages()).contains("so few pairs cannot tell");

    CommandRun again = CommandRun.of("", with(asked, "--json", "--force", "held-out-accuracy"));
    assertThat(again.code()).isEqualTo(ExitCode.DONE);
    assertThat(again.lines().get(0).path("n").asInt()).isEqualTo(3);
    JsonNode tried =
        CommandRun.of(
                "",
                "reward",
                "evaluate",
                out,
                "--base",
                root.resolve("model"),
                "--pairs",
                own,
                "--json",
                "--quiet")
            .lines()
            .get(0);
    assertThat(tried.path("pairs").asInt()).isEqualTo(40);
    assertThat(CommandRun.of("", with(asked, "--set", "reward.heads=shared")).messages())
        .contains("reward train makes one model");
    assertThat(CommandRun.of("", with(asked, "--set", "epochs=2")).messages())
        .isEqualTo("There is no key epochs; the nearest is reward.epochs.");
  }

  private static Object[] with(Object[] asked, Object... more) {
    return Stream.concat(Arrays.stream(asked), Arrays.stream(more)).toArray();
  }

  @Test
  void whatIsNoRewardModelOrNoPreferenceIsRefused() throws IOException {
    Path open =
        Files.writeString(
            root.resolve("open.jsonl"), "{\"prompt\": \"a\", \"a\": \"b\", \"b\": \"c\"}\n");
    assertThat(
            CommandRun.of("", "reward", "evaluate", run.resolve("reward/action"), "--pairs", open)
                .messages())
        .contains("does not say which reply is better");
    assertThat(
            CommandRun.of(
                    "", "reward", "evaluate", root.resolve("model"), "--pairs", pairs, "--quiet")
                .messages())
        .contains("has no score head");
    assertThat(CommandRun.of("", "reward").messages()).contains("RECIPE");
  }

  @Test
  void aScoreIsExplainedDownToEachSeed() {
    String line =
        "{\"prompt\": \"What about 3?\", \"action\": \"Gladly\", \"motivation\": \"So\","
            + " \"consequences\": \"Good\"}\n";
    CommandRun explained = CommandRun.of(line, "score", "--explain", run, "-");
    assertThat(explained.messages()).isEmpty();
    assertThat(explained.output())
        .contains("ensemble score", "mean - 0.5 sd", "charge", "seed 1: z", "seed 2: z", "raw");
    String[] lines = explained.output().split("\n");
    double score = Double.parseDouble(lines[0].split(" ")[2]);
    double mean = number(lines[1]);
    double charge = number(lines[3]);
    assertThat(score).isCloseTo(mean - charge, within(2e-4));
    assertThat(number(lines[2]) / 2).isCloseTo(charge, within(2e-4));
    JsonNode json = CommandRun.of(line, "score", "--explain", "--json", run, "-").lines().get(0);
    assertThat(json.path("score").asDouble()).isCloseTo(score, within(1e-4));
    assertThat(json.path("sd").asDouble() / 2).isCloseTo(charge, within(1e-4));
    assertThat(json.path("members").path("action").path("raw")).hasSize(2);
    assertThat(CommandRun.of("{\"prompt\": \"x\"}\n", "score", "--explain", run, "-").messages())
        .contains("line 1", "'action'");
    assertThat(
            CommandRun.of(line, "score", "--explain", GoldenFiles.path("reward-llama"), "-").code())
        .isEqualTo(ExitCode.ERROR);
  }

  private static double number(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
