package io.arete.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command that does a stage of RECIPE or, in its other form, what an option asks for. An option
 * of the form that was not asked for is refused: it would do nothing, and somebody relies on it.
 *
 * @param command with {@link RunOptions} among its mixins
 * @param other the option that stands in RECIPE's place
 */
record TwoForms(CommandSpec command, String other) {

  // How either form shows what it does.
  private static final Set<String> OF_BOTH = Set.of("--json", "--quiet");

  /** Fails if an option was given that no stage of RECIPE takes. */
  void requireOfRecipe() {
    List<OptionSpec> taken = ofRecipe();
    refuse(option -> !taken.contains(option), other);
  }

  /** Fails if an option was given that only a stage of RECIPE takes. */
  void requireOfOther() {
    List<OptionSpec> stray = ofRecipe();
    refuse(option -> stray.contains(option) && !OF_BOTH.contains(option.longestName()), "RECIPE");
  }

  private List<OptionSpec> ofRecipe() {
    return command.mixins().values().stream()
        .filter(mixin -> mixin.userObject() instanceof RunOptions)
        .flatMap(mixin -> mixin.options().stream())
        .toList();
  }

  private void refuse(Predicate<OptionSpec> stray, String form) {
    List<String> given =
        command.commandLine().getParseResult().matchedOptionsSet().stream()
            .filter(option -> !option.inherited())
            .filter(stray)
            .map(OptionSpec::longestName)
            .toList();
    if (!given.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "%s %s for %s, which is not given."
              .formatted(String.join(", ", given), given.size() == 1 ? "is" : "are", form));
    }
  }
}
