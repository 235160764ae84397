package io.arete.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees who typed something wrong. */
final class UsageReport {

  private UsageReport() {}

  /** Prints what is wrong, the nearest right word if there is one, and where the help is. */
  static int print(ParameterException failure, String[] arguments) {
    CommandLine commandLine = failure.getCommandLine();
    PrintWriter messages = commandLine.getErr();
    messages.println(sentence(failure));
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        messages.println("Did you mean " + String.join(" or ", suggestions) + "?");
      }
    }
    messages.println(
        "Type '" + commandLine.getCommandSpec().qualifiedName() + " --help' for help.");
    return ExitCode.USAGE.code();
  }

  private static String sentence(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !failure.getCommandLine().getSubcommands().isEmpty()) {
      return "There is no command '" + unmatched.getUnmatched().get(0) + "'.";
    }
    return FailureReport.firstLine(failure.getMessage());
  }
}
