package io.arete.cli;

import io.arete.rlaif.config.Nearest;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees who typed something wrong. */
final class UsageReport {

  /** A number may begin with a minus, too. */
  private static final Pattern OPTION = Pattern.compile("-[-A-Za-z].*");

  private UsageReport() {}

  /** Prints what is wrong, the nearest right word if there is one, and where the help is. */
  static int print(ParameterException failure, String[] arguments) {
    CommandLine commandLine = failure.getCommandLine();
    PrintWriter messages = commandLine.getErr();
    // A misspelt option is told first: what else seems wrong may only follow from it.
    List<String> unknown = unknownOptions(commandLine);
    if (unknown.isEmpty()) {
      messages.println(sentence(failure, Arrays.asList(arguments)));
      if (failure instanceof UnmatchedArgumentException unmatched) {
        suggest(messages, unmatched.getSuggestions());
      }
    } else {
      messages.println(
          (unknown.size() == 1 ? "There is no option " : "There are no options ")
              + quoted(unknown)
              + ".");
      suggest(
          messages,
          unknown.stream()
              .flatMap(name -> nearest(name, commandLine).stream())
              .distinct()
              .toList());
    }
    messages.println(
        "Type '" + commandLine.getCommandSpec().qualifiedName() + " --help' for help.");
    return ExitCode.USAGE.code();
  }

  private static void suggest(PrintWriter messages, List<String> suggestions) {
    if (!suggestions.isEmpty()) {
      messages.println("Did you mean " + String.join(" or ", suggestions) + "?");
    }
  }

  private static List<String> unknownOptions(CommandLine commandLine) {
    return commandLine.getUnmatchedArguments().stream()
        .filter(argument -> OPTION.matcher(argument).matches())
        .map(argument -> argument.split("=", 2)[0])
        .distinct()
        .toList();
  }

  private static Optional<String> nearest(String wrong, CommandLine commandLine) {
    List<String> names =
        commandLine.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(option -> option.longestName())
            .toList();
    return Nearest.close(wrong, names);
  }

  private static String quoted(List<String> names) {
    return "'" + String.join("', '", names) + "'";
  }

  private static String sentence(ParameterException failure, List<String> arguments) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return failure.getCommandLine().getSubcommands().isEmpty()
          ? "'" + first + "' is one argument too many."
          : "There is no command '" + first + "'.";
    }
    return UsageSentence.of(failure, arguments);
  }
}
