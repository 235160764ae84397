package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyChatModel;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreCommandTest {

  private static final Path REWARD = GoldenFiles.path("reward-llama");
  private static final Path BASE = GoldenFiles.path("llama");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"llama, reward-llama", "qwen2, reward-qwen2"})
  void scoresAreThoseOfTransformers(String family, String reward) {
    JsonNode golden = GoldenFiles.json(reward + "/golden.json");
    List<int[]> sequences = new ArrayList<>(GoldenTensors.sequences(golden.get("chosen")));
    sequences.addAll(GoldenTensors.sequences(golden.get("rejected")));
    List<Double> expected = new ArrayList<>();
    golden.get("chosen_scores").forEach(score -> expected.add(score.doubleValue()));
    golden.get("rejected_scores").forEach(score -> expected.add(score.doubleValue()));

    CommandRun run =
        CommandRun.of(
            CommandRun.idLines(sequences),
            "score",
            GoldenFiles.path(reward),
            "--base",
            GoldenFiles.path(family),
            "-");

    assertThat(run.messages()).isEmpty();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(run.lines().get(i).get("score").doubleValue())
          .isCloseTo(expected.get(i), within(2e-4));
    }
  }

  @Test
  void aConversationIsScoredAtItsLastRepliesEndOfTurn() throws IOException {
    Path model = lineBreakAfterTurns(TinyChatModel.write(folder.resolve("model"), 1));
    Path reward = rewardFolder(model, model.toString());
    int[] ids;
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      ids = tokenizer.encode("user: Hi<|endoftext|>\nassistant: Yo<|endoftext|>");
    }
    String input =
        CommandRun.idLines(List.of(ids))
            + """
            {"messages": [{"role":"user","content":"Hi"},{"role":"assistant","content":"Yo"}]}
            {"messages": [{"role":"user","content":"Hi"},{"role":"assistant","content":"Yo"},{"role":"user","content":"So?"}]}
            {"text": "user: Hi<|endoftext|>\\nassistant: Yo<|endoftext|>"}
            {"text": "user: Hi<|endoftext|>\\nassistant: Yo<|endoftext|>\\n"}
            """;
    List<Double> scores =
        CommandRun.of(input, "score", reward, "-").lines().stream()
            .map(line -> line.get("score").doubleValue())
            .toList();
    assertThat(scores.subList(1, 4)).allMatch(score -> Math.abs(score - scores.get(0)) < 1e-5);
    assertThat(scores.get(4)).isNotCloseTo(scores.get(0), within(1e-4));
  }

  @Test
  void aBaseNamedFromTheRewardFolderIsFoundWhereverTheCommandRuns() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path reward = rewardFolder(model, "../model");
    assertThat(CommandRun.of("{\"ids\": [5]}", "score", reward, "-").code())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void withoutANamedBaseTheUserIsToldToSayIt() {
    CommandRun run = CommandRun.of("{\"ids\": [5]}", "score", REWARD, "-");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("does not name its base model", "--base");
  }

  @Test
  void aNamedBaseThatIsGoneIsNamed() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    CommandRun run =
        CommandRun.of("{\"ids\": [5]}", "score", rewardFolder(model, "gone/model"), "-");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("'gone/model'", "--base");
  }

  @Test
  void anAdapterWithoutAHeadIsNoRewardModel() {
    CommandRun run =
        CommandRun.of(
            "{\"ids\": [5]}", "score", GoldenFiles.path("lora-llama"), "--base", BASE, "-");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("lora-llama has no score head");
  }

  @Test
  void aHeadOfTwoClassesIsRefusedBecauseItHasNoOneScore() throws IOException {
    Path reward = Files.createDirectories(folder.resolve("two"));
    Files.copy(REWARD.resolve("adapter_config.json"), reward.resolve("adapter_config.json"));
    SafetensorsWriter.write(
        reward.resolve("adapter_model.safetensors"),
        Map.of(),
        List.of(
            NamedTensor.float32("base_model.model.score.weight", List.of(2L, 32L), new float[64])));
    CommandRun run = CommandRun.of("{\"ids\": [5]}", "score", reward, "--base", BASE, "-");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("2 classes", "num_labels 1");
  }

  @Test
  void aConversationWithoutAReplyHasNothingToScore() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    CommandRun run =
        CommandRun.of(
            "{\"messages\": [{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "score",
            rewardFolder(model, model.toString()),
            "-");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("line 1", "no reply of the assistant");
  }

  private Path rewardFolder(Path model, String base) {
    Path reward = folder.resolve("reward");
    LoraConfig config = LoraConfig.of(4, 8, 0, Set.of(Projection.Q, Projection.V));
    try (Adapter adapter = Adapter.fresh(config, ModelConfigReader.read(model), 1, 3, Device.CPU);
        Scope scope = Scope.open()) {
      adapter.parameters().get(Adapter.HEAD).copyInPlace(Tensors.normal(Device.CPU, 9, 1, 1, 32));
      AdapterFiles.write(reward, adapter, base);
    }
    return reward;
  }

  /** As SmolLM2's template does it: what follows the end of turn must not be read. */
  private static Path lineBreakAfterTurns(Path model) throws IOException {
    Path config = model.resolve("tokenizer_config.json");
    String text = Files.readString(config);
    String changed = text.replace("'<|endoftext|>' }}", "'<|endoftext|>\\n' }}");
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(config, changed);
    return model;
  }
}
