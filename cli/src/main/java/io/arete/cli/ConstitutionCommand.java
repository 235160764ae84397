package io.arete.cli;

import io.arete.rlaif.data.ConstitutionText;
import io.arete.rlaif.file.Box;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word {@code constitution}, under which its commands stand. */
@Command(
    name = "constitution",
    description = "List, show and check constitutions; attack a judge that is asked by one.",
    subcommands = {
      ConstitutionListCommand.class,
      ConstitutionShowCommand.class,
      ConstitutionValidateCommand.class,
      ConstitutionAttackCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "docs/constitutions.md describes the file."})
final class ConstitutionCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** The place of a constitution: names of the box need no {@code box:} before them. */
  static String place(String name) {
    return ConstitutionText.inTheBox().contains(name) ? Box.place(name) : name;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given after constitution.");
  }
}
