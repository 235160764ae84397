package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.TinyChatModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportGgufCommandTest {

  @TempDir private Path folder;

  @Test
  void anExportedModelSaysTheSameAfterItsImport() {
    Path model = TinyChatModel.write(folder.resolve("float32"), 1);
    // Float16 keeps bfloat16's numbers, not float32's, so that the comparison starts after one way.
    Path rounded = thereAndBack(model, "first");
    Path again = thereAndBack(rounded, "second");
    String prompt = "{\"messages\": [{\"role\": \"user\", \"content\": \"Is it 12 or 3?\"}]}";
    CommandRun expected = generate(rounded, prompt);
    assertThat(expected.messages()).isEmpty();
    assertThat(generate(again, prompt).output()).isEqualTo(expected.output());
  }

  @Test
  void anUnknownTypeIsAWrongUse() {
    CommandRun run =
        CommandRun.of("", "export-gguf", folder, folder.resolve("x.gguf"), "--type", "q4_k");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains("--type");
  }

  @Test
  void aFolderThatIsNoModelIsNamed() {
    CommandRun run = CommandRun.of("", "export-gguf", folder, folder.resolve("x.gguf"));
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains(folder.toString()).doesNotContain("\n");
  }

  private Path thereAndBack(Path model, String name) {
    Path gguf = folder.resolve(name + ".gguf");
    Path out = folder.resolve(name);
    CommandRun export = CommandRun.of("", "export-gguf", "--quiet", model, gguf);
    assertThat(export.messages()).isEmpty();
    assertThat(export.output()).contains("wrote " + gguf);
    assertThat(CommandRun.of("", "import", "--quiet", gguf, out).code()).isEqualTo(ExitCode.DONE);
    return out;
  }

  private static CommandRun generate(Path model, String prompt) {
    return CommandRun.of(prompt, "generate", model, "-", "--greedy", "--max-new-tokens", 16);
  }
}
