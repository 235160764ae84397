package io.arete.cli;

import io.arete.engine.convert.GgufImport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model folder of a GGUF file, so that nothing else is needed to start. */
@Command(
    name = "import",
    description = "Turn a GGUF file into a model folder in Hugging Face form.",
    sortOptions = false)
@SuppressWarnings("unused") // picocli fills the fields
final class ImportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE.gguf",
      description = "GGUF file of a Llama, Qwen2 or Qwen3 model.")
  private Path file;

  @Parameters(index = "1", paramLabel = "OUT", description = "Folder to make; absent or empty.")
  private Path folder;

  @Mixin private ProgressOptions progress;

  @Override
  public void run() {
    try (LateBar bar = new LateBar("import", "bytes", progress)) {
      GgufImport.run(file, folder, (tensor, done, total) -> bar.show(done, total));
    }
    for (Path written : written()) {
      spec.commandLine().getOut().println("wrote " + written + ", " + WrittenFile.size(written));
    }
  }

  private List<Path> written() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
