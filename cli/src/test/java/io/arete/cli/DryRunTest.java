package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.TinyChatModel;
import io.arete.engine.disk.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks what a run takes is told so, and finds everything as it was. */
class DryRunTest {

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
  void aDryRunTellsEveryStageAndWritesNothing() throws IOException {
    Map<String, String> before = Snapshot.of(root);
    CommandRun table = CommandRun.of("", "run", recipe, "--run", run, "--dry-run");
    assertThat(table.code()).isEqualTo(ExitCode.DONE);
    assertThat(table.output())
        .contains("sft ", "feedback ", "reward ", "ppo ", "evaluation ", "attack ")
        .contains("to do")
        .contains("GFLOPS")
        .contains("Nothing was run or written.");

    JsonNode json =
        CommandRun.of("", "run", recipe, "--run", run, "--dry-run", "--json").lines().get(0);
    assertThat(json.path("stages")).hasSize(6);
    for (JsonNode stage : json.path("stages")) {
      double parts = 0;
      for (JsonNode part : stage.path("memory")) {
        parts += part.asDouble();
      }
      assertThat(stage.path("memory_bytes").asDouble()).isBetween(parts - 10, parts + 10);
      assertThat(stage.path("done").asBoolean()).isFalse();
    }
    assertThat(json.path("stages").get(3).path("seconds").asDouble()).isPositive();
    assertThat(json.path("fits").asBoolean()).isTrue();
    assertThat(Snapshot.of(root)).isEqualTo(before);
    assertThat(run).doesNotExist();
  }

  @Test
  void aStageThatIsDoneIsMarkedAndARunSaysItsMemoryFirst() {
    CommandRun first = CommandRun.of("", "run", recipe, "--run", run, "--to", "SFT");
    assertThat(first.code()).isEqualTo(ExitCode.DONE);
    assertThat(first.messages()).contains("Memory by estimate: sft").contains("GiB are free.");

    JsonNode later =
        CommandRun.of("", "run", recipe, "--run", run, "--to", "FEEDBACK", "--dry-run", "--json")
            .lines()
            .get(0);
    assertThat(later.path("stages")).hasSize(2);
    assertThat(later.path("stages").get(0).path("done").asBoolean()).isTrue();
    assertThat(later.path("stages").get(1).path("done").asBoolean()).isFalse();
  }

  @Test
  void aRunBeyondAllMemoryIsRefusedBeforeItBeginsUnlessOneInsists() throws IOException {
    Path config = root.resolve("model/config.json");
    ObjectNode shape = (ObjectNode) new ObjectMapper().readTree(config.toFile());
    shape.put("hidden_size", 65_536).put("intermediate_size", 262_144);
    shape.put("num_hidden_layers", 500).put("num_attention_heads", 64).put("head_dim", 1024);
    shape.put("num_key_value_heads", 64);
    Files.writeString(config, shape.toString());

    CommandRun refused = CommandRun.of("", "run", recipe, "--run", run, "--quiet");
    assertThat(refused.code()).isEqualTo(ExitCode.ERROR);
    assertThat(refused.messages())
        .hasLineCount(1)
        .contains("will need about")
        .contains("most of all for")
        .contains("take a smaller base")
        .contains("--ignore-memory");
    assertThat(run).doesNotExist();

    CommandRun insisted =
        CommandRun.of("", "run", recipe, "--run", run, "--quiet", "--ignore-memory");
    assertThat(insisted.messages()).doesNotContain("will need about");
  }
}
