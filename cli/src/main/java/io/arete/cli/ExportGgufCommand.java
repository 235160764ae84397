package io.arete.cli;

import io.arete.engine.convert.GgufExport;
import io.arete.engine.convert.GgufWeights;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a GGUF file of a model folder, so that llama.cpp can run what was trained here. */
@Command(
    name = "export-gguf",
    description = "Turn a model folder into a GGUF file, with its tokenizer, for llama.cpp.",
    footer = {"", "Llama, Mistral, Qwen2 and Qwen3 models with byte-level BPE tokenizers."},
    sortOptions = false)
final class ExportGgufCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder, or the name of a pulled model.")
  private Path folder = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT.gguf", description = "File to make; absent.")
  private Path file = Path.of("");

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "How weights are stored: f16 (default) or q8_0, half as large.")
  private GgufWeights weights = GgufWeights.F16;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "Adapter folder in PEFT form, merged into the weights on the way.")
  private @Nullable Path adapter;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    try (LateBar bar = new LateBar("export", "bytes", progress)) {
      GgufExport.run(
          folder,
          Optional.ofNullable(adapter),
          file,
          weights,
          (tensor, done, total) -> bar.show(done, total));
    }
    spec.commandLine().getOut().println("wrote " + file + ", " + WrittenFile.size(file));
  }
}
