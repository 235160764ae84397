package io.arete.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word {@code models}, under which commands that make models stand. */
@Command(
    name = "models",
    description = "Make a model folder: random weights in the shape of a known model.",
    subcommands = RandomCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given after models.");
  }
}
