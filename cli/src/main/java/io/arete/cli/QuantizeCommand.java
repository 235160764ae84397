package io.arete.cli;

import io.arete.engine.convert.Quantisation;
import io.arete.engine.model.BaseForm;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a folder with NF4 weights, so that a large model need not be quantised at each start. */
@Command(
    name = "quantize",
    description = "Write a model folder with linear layers in four bits (NF4 of bitsandbytes).",
    sortOptions = false,
    footer = {
      "",
      "transformers loads the folder with bitsandbytes, and Arete with every command. Embedding,",
      "norms, biases and head stay as they are; all files but other weights are copied."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class QuantizeCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder, or the name of a pulled model.")
  private Path model;

  @Parameters(index = "1", paramLabel = "OUT", description = "Folder to make; absent or empty.")
  private Path folder;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "nf4",
      description =
          "nf4 (default): scales in eight bits, 4.13 bits a weight in all; nf4_single: scales in"
              + " float32, 4.5 bits.")
  private BaseForm form;

  @Mixin private ProgressOptions progress;

  @Override
  public void run() {
    if (form == BaseForm.DENSE) {
      throw new ParameterException(spec.commandLine(), "--form must be nf4 or nf4_single");
    }
    try (LateBar bar = new LateBar("quantize", "tensors", progress)) {
      Quantisation.run(model, folder, form, bar::show);
    }
    Path weights = folder.resolve("model.safetensors");
    spec.commandLine()
        .getOut()
        .println("wrote " + folder + ", weights " + WrittenFile.size(weights));
  }
}
