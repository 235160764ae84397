package io.arete.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The adapters over a base: the options of every command that computes with a policy. */
final class AdapterOptions {

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description =
          "Adapter folder in PEFT form to apply to the model; may be given several times: a stack,"
              + " lowest first.")
  private final List<Path> folders = new ArrayList<>();

  /** The folders, lowest first. */
  List<Path> folders() {
    return List.copyOf(folders);
  }
}
