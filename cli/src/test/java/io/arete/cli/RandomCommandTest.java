package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.model.KnownShape;
import io.arete.engine.model.ModelConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomCommandTest {

  private static final String PROMPT =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]}\n";

  @TempDir private Path folder;

  private Path made(String name, Object... options) {
    Path out = folder.resolve(name);
    Object[] arguments = new Object[7 + options.length];
    System.arraycopy(
        new Object[] {"models", "random", "--like", "tiny", "--out", out, "--quiet"},
        0,
        arguments,
        0,
        7);
    System.arraycopy(options, 0, arguments, 7, options.length);
    CommandRun run = CommandRun.of("", arguments);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).contains("wrote " + out);
    return out;
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherGivesOthers() throws IOException {
    byte[] first = weights(made("first", "--seed", 7));
    assertThat(weights(made("second", "--seed", 7))).isEqualTo(first);
    assertThat(weights(made("third", "--seed", 8))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nf4", "nf4_single"})
  void fourBitsAreThoseOfTheQuantisedModel(String form) throws IOException {
    Path quantised = folder.resolve("quantised");
    CommandRun run =
        CommandRun.of("", "quantize", made("dense"), quantised, "--form", form, "--quiet");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    Path direct = made("direct", "--form", form);
    assertThat(weights(direct)).isEqualTo(weights(quantised));
    assertThat(direct.resolve("config.json"))
        .hasSameTextualContentAs(quantised.resolve("config.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "nf4"})
  void aFolderTalks(String form) {
    Path model = made("model", "--form", form);
    CommandRun run =
        CommandRun.of(PROMPT, "generate", model, "-", "--max-new-tokens", 5, "--greedy");
    assertThat(run.messages()).isEmpty();
    assertThat(run.lines()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(KnownShape.class)
  void everyShapeIsOneThatIsComputedHere(KnownShape shape) throws IOException {
    Files.writeString(folder.resolve("config.json"), shape.config().toString());
    assertThat(ModelConfigReader.read(folder).vocabulary()).isPositive();
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.of("", "models", "random", "--like", "mistral", "--out", out);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages())
        .contains("'mistral'")
        .contains("mistral-7b, llama-3-8b, smollm2-135m, tiny")
        .doesNotContain("\n");
    assertThat(out).doesNotExist();
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("model.safetensors"));
  }
}
