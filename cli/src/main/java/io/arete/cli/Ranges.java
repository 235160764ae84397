package io.arete.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of numbers that were typed: a wrong one is wrong usage. */
final class Ranges {

  private Ranges() {}

  /** Fails unless {@code least <= value <= most}. */
  static void require(CommandSpec command, String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          command.commandLine(),
          "%s is %d but must be %d to %d.".formatted(option, value, least, most));
    }
  }
}
