package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.convert.TinyLlamaGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  private static final String TEMPLATE =
      "{% for message in messages %}{{ message.content }}<end>{% endfor %}";

  @TempDir private Path folder;

  @Test
  void anImportedFileCanBeUsedAtOnce() throws IOException {
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.of("", "import", "--quiet", gguf(), out);
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.output()).contains("wrote " + out.resolve("model.safetensors"), "config.json");

    CommandRun used =
        CommandRun.of(
            "{\"text\": \"ab\"}", "generate", out, "-", "--greedy", "--max-new-tokens", 2);
    assertThat(used.messages()).isEmpty();
    assertThat(used.lines()).hasSize(1);
  }

  @Test
  void aFolderThatHoldsSomethingStaysAsItIs() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "x");
    CommandRun run = CommandRun.of("", "import", "--quiet", gguf(), folder);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains(folder.toString()).doesNotContain("\n");
    assertThat(folder.resolve("config.json")).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    CommandRun run = CommandRun.of("", "import", folder.resolve("no.gguf"), folder.resolve("out"));
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("no.gguf").doesNotContain("\n");
  }

  private Path gguf() throws IOException {
    return Files.write(
        folder.resolveSibling("tiny.gguf"),
        new TinyLlamaGguf().text("tokenizer.chat_template", TEMPLATE).bytes());
  }
}
