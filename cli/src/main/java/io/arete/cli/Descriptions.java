package io.arete.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What commands and options say of themselves, as plain texts with their variables filled in. */
final class Descriptions {

  private Descriptions() {}

  /** Of a command. */
  static String of(CommandSpec command) {
    return plain(String.join(" ", command.usageMessage().description()));
  }

  /** Of an option or a parameter. */
  static String of(ArgSpec argument) {
    return plain(String.join(" ", argument.description()));
  }

  /** The words that it takes, in lower case as people type them; none if it takes others, too. */
  static List<String> words(ArgSpec argument) {
    List<String> words = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    }
    return words;
  }

  /** Line breaks and percent signs are written as for a format. */
  private static String plain(String text) {
    return text.replace("%n", " ").replace("%%", "%").strip();
  }
}
