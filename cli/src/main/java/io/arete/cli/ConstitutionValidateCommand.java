package io.arete.cli;

import io.arete.rlaif.data.Constitution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds every fault of a constitution. */
@Command(name = "validate", description = "Check a constitution; all faults are listed at once.")
final class ConstitutionValidateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A YAML file, or one in the box.")
  private String file = "";

  @Override
  public void run() {
    Constitution.load(ConstitutionCommand.place(file));
    spec.commandLine().getOut().println(file + " is valid.");
  }
}
