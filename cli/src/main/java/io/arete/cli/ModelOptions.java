package io.arete.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A base and the adapters over it: how every command begins that computes with a policy. */
final class ModelOptions {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder, or the name of a pulled model.")
  private Path folder = Path.of("");

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      converter = PulledModel.class,
      description =
          "Adapter folder in PEFT form to apply to the model; may be given several times: a stack,"
              + " lowest first.")
  private final List<Path> adapters = new ArrayList<>();

  /** Loads the model; the caller closes it. */
  LoadedModel load(ComputeOptions compute) {
    return LoadedModel.load(folder, List.copyOf(adapters), compute);
  }
}
