package io.arete.world.command;

import io.arete.rlaif.extension.TaskProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word {@code world}, under which the world's commands stand. */
@Command(
    name = "world",
    description = "The practice world: measure a model by its truth, write a run's files.",
    subcommands = {MeasureCommand.class, WriteCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class WorldCommand implements Runnable {

  @Spec private CommandSpec spec;
  private final TaskProgress.Source progress;

  WorldCommand(TaskProgress.Source progress) {
    this.progress = progress;
  }

  TaskProgress.Source progress() {
    return progress;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given after world.");
  }
}
