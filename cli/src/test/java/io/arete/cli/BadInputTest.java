package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyChatModel;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a user gets wrong is told in one sentence. */
class BadInputTest {

  private static final String LINE = "{\"ids\": [1, 2]}\n";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeTheModel() {
    model = TinyChatModel.write(folder.resolve("model"), 1);
  }

  @Test
  void missingModelFolder() {
    model = folder.resolve("none");
    assertFails(LINE, "no model folder", model.toString());
  }

  @Test
  void aRunInPlaceOfAModel() throws IOException {
    Path policy = Files.createDirectories(folder.resolve("run/policy"));
    Files.writeString(policy.resolve("adapter_config.json"), "{}");
    Path reward = Files.createDirectories(folder.resolve("run/reward/action"));
    Files.writeString(reward.resolve("adapter_config.json"), "{}");
    Files.writeString(folder.resolve("run/run.json"), "{}");
    model = folder.resolve("run");
    String sentence = model + " is a run, not a model folder; name one of its models, such as ";
    assertFails(LINE, sentence + policy);
    for (String command : new String[] {"render", "merge"}) {
      String[] rest = command.equals("merge") ? new String[] {"--out", "o"} : new String[] {"-"};
      Object[] typed = Stream.concat(Stream.of(command, model), Stream.of(rest)).toArray();
      assertThat(CommandRun.of("", typed).messages()).startsWith(sentence + policy);
    }
    assertThat(CommandRun.of(LINE, "score", model, "-").messages())
        .startsWith(model + " is a run, not a reward model; name one of its reward models, such as")
        .contains(reward.toString(), "--explain")
        .doesNotContain(policy.toString());
  }

  @Test
  void truncatedWeights() throws IOException {
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    assertFails(LINE, "model.safetensors");
  }

  @Test
  void aHeaderThatClaimsMoreThanAnyFileHas() throws IOException {
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 60);
    Files.write(weights, bytes);
    assertFails(LINE, "model.safetensors");
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(bytes.length - Float.BYTES, Float.NaN);
    Files.write(weights, bytes);
    assertFails(LINE, "NaN");
  }

  @Test
  void aModelOfAnotherForm() throws IOException {
    replace("config.json", "\"llama\"", "\"mamba\"");
    assertFails(LINE, "model_type", "mamba");
  }

  @Test
  void aTokenizerThatIsLargerThanTheEmbedding() throws IOException {
    replace("config.json", "\"vocab_size\": 1000", "\"vocab_size\": 10");
    Path small = model.resolve("model.safetensors");
    SafetensorsWriter.write(small, Map.of(), shrunkEmbedding(small));
    assertFails(LINE, "tokenizer has 1000 ids", "only 10");
  }

  @Test
  void aTextThatIsLongerThanTheContext() {
    String ids = "1,".repeat(512) + "1";
    assertFails(LINE + "{\"ids\": [" + ids + "]}", "line 2", "513 tokens", "context of 512");
  }

  @Test
  void anEmptyFile() {
    assertFails("", "standard input is empty");
  }

  @Test
  void aFileThatIsNotThere() {
    CommandRun run = CommandRun.of("", "logprobs", model, folder.resolve("none.jsonl"));
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("none.jsonl").doesNotContain("\n");
  }

  @Test
  void aTemplateThatRefusesTheConversation() throws IOException {
    Files.writeString(model.resolve("chat_template.jinja"), "{{ raise_exception('Only kings.') }}");
    assertFails(
        "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}", "line 1", "Only kings.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"ids\": [1, 2]}] | it begins with '[', a JSON list; write one object a line.",
        "{\"ids\": [1, 2 | not one complete JSON object",
        "{\"words\": 1} | exactly one of the keys",
        "{\"ids\": [1], \"text\": \"a\"} | exactly one of the keys",
        "{\"ids\": 7} | list of token ids",
        "{\"ids\": [1.5]} | not 1.5",
        "{\"ids\": [99999999999]} | not 99999999999",
        "{\"ids\": [1000]} | 0 to 999",
        "{\"ids\": [-1]} | 0 to 999",
        "{\"ids\": []} | at least one",
        "{\"text\": \"\"} | at least one",
        "{\"text\": 5} | must be a text",
        "{\"messages\": []} | list of messages",
        "{\"messages\": [{\"role\": \"user\"}]} | message 1",
        "{\"messages\": [{\"role\": \"king\", \"content\": \"\"}]} | 'king'",
      })
  void aWrongLineIsNamed(String line, String expected) {
    assertFails(LINE + line + "\n" + LINE, "standard input line 2: ", expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": \"a\"}",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}",
      })
  void withoutATokenizerOnlyIdsCanBeRead(String line) {
    model = GoldenFiles.path("llama");
    assertFails(line, "line 1", "no tokenizer.json", "give ids");
  }

  @Test
  void withoutATemplateTextsCanBeReadButNoMessages() throws IOException {
    Files.writeString(model.resolve("tokenizer_config.json"), "{}");
    assertThat(run("{\"text\": \"Hello\"}").code()).isEqualTo(ExitCode.DONE);
    assertFails(
        "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", "line 1", "no chat template");
  }

  @Test
  void anAdapterOfAnotherModel() {
    CommandRun run =
        CommandRun.of(
            LINE, "logprobs", GoldenFiles.path("llama3"), "-", "--adapter", model.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("adapter_config.json").doesNotContain("\n");
  }

  private void assertFails(String input, String... expected) {
    CommandRun run = run(input);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains(expected).doesNotContain("\n");
    assertThat(run.output()).isEmpty();
  }

  private CommandRun run(String input) {
    return CommandRun.of(input, "logprobs", model, "-");
  }

  private void replace(String file, String old, String replacement) throws IOException {
    Path path = model.resolve(file);
    String text = Files.readString(path, StandardCharsets.UTF_8);
    assertThat(text).contains(old);
    Files.writeString(path, text.replace(old, replacement));
  }

  /** The model's weights with ten rows of embedding. */
  private static List<NamedTensor> shrunkEmbedding(Path weights) {
    try (var file = io.arete.engine.checkpoint.SafetensorsFile.open(weights)) {
      return file.entries().values().stream()
          .map(
              entry -> {
                boolean embedding = entry.name().equals("model.embed_tokens.weight");
                List<Long> shape = embedding ? List.of(10L, 32L) : entry.shape();
                float[] values =
                    new float[(int) shape.stream().mapToLong(x -> x).reduce(1, (a, b) -> a * b)];
                file.map(entry).get(0).asFloatBuffer().get(values);
                return NamedTensor.float32(entry.name(), shape, values);
              })
          .toList();
    }
  }
}
