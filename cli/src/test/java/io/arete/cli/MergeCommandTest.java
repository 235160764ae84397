package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyChatModel;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets who wants one model of a base and an adapter. */
class MergeCommandTest {

  private static final String IDS = CommandRun.idLines(List.of(new int[] {5, 17, 58, 3, 50, 44}));
  private static final String TALKS =
      """
      {"messages": [{"role":"user","content":"Hi"},{"role":"assistant","content":"Yo"}]}
      {"messages": [{"role":"user","content":"Hi"},{"role":"assistant","content":"Not now"}]}
      """;

  @TempDir private Path folder;

  @Test
  void aMergedFolderSaysWhatBaseAndAdapterSay() throws IOException {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path adapter = adapter(model, "../model", 0);
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.of("", "merge", adapter, "--out", out, "--quiet");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output())
        .contains("wrote " + out, "float32", "logits differ by", "greedy token", "12 texts");

    JsonNode report = CommandRun.parse(Files.readString(out.resolve("merge.json")));
    assertThat(report.path("dtype").asText()).isEqualTo("float32");
    assertThat(report.path("adapter").asText()).isEqualTo(adapter.toString());
    JsonNode check = report.path("check");
    assertThat(check.path("compared").asText()).isEqualTo("logits");
    assertThat(check.path("texts").asInt()).isEqualTo(12);
    assertThat(check.path("tokens").asInt()).isGreaterThan(500);
    assertThat(check.path("largest_difference").asDouble()).isBetween(0.0, 1e-4);
    assertThat(check.path("changed_share").asDouble()).isZero();

    CommandRun expected = CommandRun.of(TALKS, "logprobs", model, "--adapter", adapter, "-");
    CommandRun found = CommandRun.of(TALKS, "logprobs", out, "-");
    for (int i = 0; i < expected.lines().size(); i++) {
      JsonNode truth = expected.lines().get(i).path("logprobs");
      for (int place = 0; place < truth.size(); place++) {
        assertThat(found.lines().get(i).path("logprobs").get(place).asDouble())
            .isCloseTo(truth.get(place).asDouble(), within(1e-4));
      }
    }
    assertThat(namesIn(out))
        .containsExactly(
            "config.json",
            "merge.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json");
    assertThat(namesIn(folder)).containsExactlyInAnyOrder("adapter", "model", "out");
  }

  @Test
  void aRewardModelIsOneFolderForScore() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path reward = adapter(model, model.toString(), 1);
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.of("", "merge", reward, "--out", out, "--json", "--quiet");
    assertThat(run.messages()).isEmpty();
    JsonNode check = run.lines().get(0).path("check");
    assertThat(check.path("compared").asText()).isEqualTo("scores");
    assertThat(check.path("largest_difference").asDouble()).isLessThan(1e-4);

    List<JsonNode> expected = CommandRun.of(TALKS, "score", reward, "-").lines();
    CommandRun found = CommandRun.of(TALKS, "score", out, "-");
    assertThat(found.messages()).isEmpty();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.lines().get(i).path("score").asDouble())
          .isCloseTo(expected.get(i).path("score").asDouble(), within(1e-4));
    }
    CommandRun based = CommandRun.of(TALKS, "score", out, "-", "--base", model);
    assertThat(based.code()).isEqualTo(ExitCode.USAGE);
    assertThat(based.messages()).contains("--base");
    CommandRun written =
        CommandRun.of(TALKS, "generate", out, "-", "--greedy", "--max-new-tokens", 2);
    assertThat(written.code()).isEqualTo(ExitCode.ERROR);
    assertThat(written.messages()).contains("reward model", "score").doesNotContain("\n");
  }

  @Test
  void aRoundingThatChangesMoreThanWasSaidWarnsAndIsDone() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path adapter = adapter(model, "../model", 0);
    Path out = folder.resolve("out");
    CommandRun run =
        CommandRun.of(
            "",
            "merge",
            adapter,
            "--out",
            out,
            "--dtype",
            "bfloat16",
            "--warn-share",
            "0",
            "--json",
            "--quiet");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    JsonNode check = run.lines().get(0).path("check");
    assertThat(check.path("largest_difference").asDouble()).isGreaterThan(1e-4);
    assertThat(check.path("changed_share").asDouble()).isGreaterThan(0);
    assertThat(run.messages())
        .startsWith("warning: merging in bfloat16 changes more than 0.00 %")
        .contains("--dtype float32", "greedy token")
        .doesNotContain("\n");
  }

  @Test
  void idsAreComparedWhereThereIsNoTokenizer() {
    Path out = folder.resolve("out");
    CommandRun run =
        CommandRun.of(
            IDS,
            "merge",
            GoldenFiles.path("lora-gpt2"),
            "--base",
            GoldenFiles.path("gpt2"),
            "--out",
            out,
            "--samples",
            "-",
            "--json",
            "--quiet");
    assertThat(run.messages()).isEmpty();
    assertThat(run.lines().get(0).at("/check/tokens").asInt()).isEqualTo(6);
  }

  @Test
  void withoutAComparisonTheReportSaysSo() {
    Path out = folder.resolve("out");
    CommandRun run =
        merge("lora-gpt2", "--base", GoldenFiles.path("gpt2"), "--no-check", "--json", "--quiet");
    assertThat(run.messages()).isEmpty();
    assertThat(run.lines().get(0).get("check").isNull()).isTrue();
    assertThat(out.resolve("merge.json")).exists();
  }

  @Test
  void withoutATokenizerOrIdsTheUserIsToldAndNothingIsWritten() {
    CommandRun run = merge("lora-gpt2", "--base", GoldenFiles.path("gpt2"), "--quiet");
    assertRefused(run, "tokenizer.json");
  }

  @Test
  void anAdapterWithoutANamedBaseNeedsOne() {
    assertRefused(merge("lora-llama"), "--base");
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    assertRefused(merge("lora-llama", "--base", GoldenFiles.path("gpt2")), "gpt2");
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAsItIs() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("mine"), "mine");
    CommandRun run = merge("lora-llama", "--base", GoldenFiles.path("llama"));
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("not empty");
    assertThat(namesIn(out)).containsExactly("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.5", "NaN"})
  void aShareIsBetweenNothingAndAll(String share) {
    CommandRun run = merge("lora-llama", "--warn-share", share);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains("--warn-share");
  }

  private CommandRun merge(String adapter, Object... options) {
    Object[] start = {"merge", GoldenFiles.path(adapter), "--out", folder.resolve("out")};
    return CommandRun.of("", Stream.concat(Stream.of(start), Stream.of(options)).toArray());
  }

  private void assertRefused(CommandRun run, String reason) {
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains(reason).doesNotContain("\n");
    assertThat(folder).isEmptyDirectory();
  }

  private Path adapter(Path model, String base, int heads) {
    Path path = folder.resolve("adapter");
    LoraConfig config =
        LoraConfig.of(4, 8, 0, Set.of(Projection.Q, Projection.GATE, Projection.DOWN));
    try (Adapter adapter = Adapter.zeros(config, ModelConfigReader.read(model), heads, Device.CPU);
        Scope scope = Scope.open()) {
      long total = adapter.parameters().values().elements();
      adapter.parameters().values().copyInPlace(Tensors.normal(Device.CPU, 9, 0.1, total));
      AdapterFiles.write(path, adapter, base);
    }
    return path;
  }

  private static List<String> namesIn(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
