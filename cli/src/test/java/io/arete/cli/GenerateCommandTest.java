package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyChatModel;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {

  private static final String PROMPTS =
      """
      {"messages": [{"role": "user", "content": "Hi"}]}
      {"text": "user: Who are you?"}
      {"ids": [7, 8, 9]}
      {"ids": [7, 8, 9]}
      """;

  /** The end of sequence of the reference models. */
  private static final int END = 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "gpt2", "gpt_neox"})
  void greedyIdsAreThoseOfTransformersWithoutATokenizerToo(String family) {
    JsonNode golden = GoldenFiles.json(family + "/golden.json");
    int[] prompt = GoldenTensors.ids(golden.get("greedy_prompt"));
    int[] whole = GoldenTensors.ids(golden.get("greedy_ids"));
    int[] drawn = Arrays.copyOfRange(whole, prompt.length, whole.length);
    // The reference goes on after the end of sequence; a reply here ends with it.
    boolean ends = Arrays.stream(drawn).anyMatch(id -> id == END);
    int kept = (int) Arrays.stream(drawn).takeWhile(id -> id != END).count() + (ends ? 1 : 0);
    JsonNode line =
        CommandRun.of(
                CommandRun.idLines(List.of(prompt)),
                "generate",
                GoldenFiles.path(family),
                "-",
                "--greedy",
                "--max-new-tokens",
                drawn.length)
            .lines()
            .get(0);
    assertThat(GoldenTensors.ids(line.get("ids"))).containsExactly(Arrays.copyOf(drawn, kept));
    assertThat(line.get("text").isNull()).isTrue();
    assertThat(line.get("ended").textValue()).isEqualTo(ends ? "turn" : "length");
  }

  @Test
  void withoutATemplateTheConfiguredEndOfSequenceEndsAReply() throws IOException {
    JsonNode golden = GoldenFiles.json("llama/golden.json");
    int[] prompt = GoldenTensors.ids(golden.get("greedy_prompt"));
    int third = golden.get("greedy_ids").get(prompt.length + 2).intValue();
    Path model = folder.resolve("model");
    Files.createDirectories(model);
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(GoldenFiles.path("llama").resolve(file), model.resolve(file));
    }
    Files.writeString(
        model.resolve("generation_config.json"), "{\"eos_token_id\": [198, " + third + "]}");
    JsonNode line = greedy(model, CommandRun.idLines(List.of(prompt))).get(0);
    assertThat(line.get("ids")).hasSize(3);
    assertThat(line.get("ended").textValue()).isEqualTo("turn");
  }

  @Test
  void whatALineGivesDependsOnItsNumberAndTheSeedOnly() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    List<JsonNode> first = sampled(model, PROMPTS, 1);
    assertThat(first).hasSize(4);
    assertThat(sampled(model, PROMPTS, 1)).isEqualTo(first);
    assertThat(sampled(model, PROMPTS, 2)).isNotEqualTo(first);
    assertThat(first.get(2)).isNotEqualTo(first.get(3));

    List<JsonNode> withoutTheRest = sampled(model, PROMPTS.lines().findFirst().orElseThrow(), 1);
    assertThat(withoutTheRest.get(0)).isEqualTo(first.get(0));
  }

  @Test
  void messagesGoOnWhereTheAssistantSpeaks() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    int[] ids;
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      ids = tokenizer.encode("user: Hi<|endoftext|>assistant: ");
    }
    List<JsonNode> lines =
        greedy(
            model,
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}\n"
                + CommandRun.idLines(List.of(ids)));
    assertThat(lines.get(0)).isEqualTo(lines.get(1));
  }

  @Test
  void oneCandidateIsGreedy() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    CommandRun run =
        CommandRun.of(
            PROMPTS,
            "generate",
            model,
            "-",
            "--max-new-tokens",
            5,
            "--temperature",
            3,
            "--top-k",
            1);
    assertThat(run.lines()).isEqualTo(greedy(model, PROMPTS));
  }

  @Test
  void promptsBecomePairsThatLabelReads() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    String asked =
        """
        {"prompt": "Hi"}
        {"messages": [{"role": "user", "content": "Hi"}]}
        """;
    CommandRun run =
        CommandRun.of(
            asked, "generate", model, "-", "--pairs", "--max-new-tokens", 9, "--temperature", 1);
    List<JsonNode> pairs = run.lines();
    assertThat(pairs.get(0).get("prompt").textValue()).isEqualTo("Hi");
    assertThat(pairs.get(1).get("prompt").get(0).get("content").textValue()).isEqualTo("Hi");
    assertThat(pairs).allSatisfy(pair -> assertThat(pair.get("a")).isNotEqualTo(pair.get("b")));

    CommandRun bare =
        CommandRun.of(
            "{\"ids\": [7]}",
            "generate",
            model,
            "-",
            "--pairs",
            "--max-new-tokens",
            2,
            "--temperature",
            1);
    assertThat(bare.messages()).contains("line 1: a pair needs a prompt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-new-tokens 5 | --greedy or --temperature",
        "--max-new-tokens 5 --greedy --top-p 0.5 | --greedy draws nothing",
        "--max-new-tokens 5 --temperature 0 | must be above 0",
        "--max-new-tokens 5 --temperature 1 --top-p 1.5 | (0, 1]",
        "--max-new-tokens 0 --greedy | --max-new-tokens is 0",
        "--greedy | --max-new-tokens",
        "--max-new-tokens 5 --greedy --pairs | --pairs needs --temperature",
        "--max-new-tokens 5 --greedy --dtype float8 | float8",
        "--max-new-tokens 5 --greedy --threads 0 | --threads is 0",
      })
  void wrongUsageIsToldBeforeAModelIsLoaded(String options, String expected) {
    Object[] arguments = ("generate no-such-model - " + options).split(" ", -1);
    CommandRun run = CommandRun.of("", arguments);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains(expected);
  }

  @Test
  void aPromptThatLeavesNoRoomForTheReplyNamesItsLine() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    CommandRun run =
        CommandRun.of(
            "{\"ids\": [7]}", "generate", model, "-", "--greedy", "--max-new-tokens", 512);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages())
        .contains("standard input line 1", "context of 512", "--max-new-tokens");
  }

  private static List<JsonNode> greedy(Path model, String input) {
    return CommandRun.of(input, "generate", model, "-", "--greedy", "--max-new-tokens", 5).lines();
  }

  private static List<JsonNode> sampled(Path model, String input, int seed) {
    return CommandRun.of(
            input,
            "generate",
            model,
            "-",
            "--temperature",
            1,
            "--max-new-tokens",
            8,
            "--seed",
            seed)
        .lines();
  }
}
