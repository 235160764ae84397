package io.arete.cli;

import io.arete.engine.convert.GgufImport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  @Parameters(index = "0", paramLabel = "FILE.gguf", description = "GGUF file of a Llama model.")
  private Path file;

  @Parameters(index = "1", paramLabel = "OUT", description = "Folder to make; absent or empty.")
  private Path folder;

  @Mixin private ProgressOptions progress;

  @Override
  public void run() {
    try (Weights weights = new Weights(progress)) {
      GgufImport.run(file, folder, weights::tensorWritten);
    }
    for (Path written : written()) {
      spec.commandLine().getOut().println("wrote " + written + ", " + size(written));
    }
  }

  /** The total is known with the first tensor only. */
  private static final class Weights implements AutoCloseable {

    private final ProgressOptions options;
    private @Nullable Progress progress;
    private long done;

    Weights(ProgressOptions options) {
      this.options = options;
    }

    void tensorWritten(String name, long bytesDone, long bytesTotal) {
      if (progress == null) {
        progress = options.start("import", "bytes", bytesTotal);
      }
      progress.advance(bytesDone - done);
      done = bytesDone;
    }

    @Override
    public void close() {
      if (progress != null) {
        progress.close();
      }
    }
  }

  private List<Path> written() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String size(Path file) {
    try {
      return Files.size(file) + " bytes";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
