package io.arete.cli;

import io.arete.rlaif.config.Key;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.gate.GateNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A call of {@code arete} that a page shows.
 *
 * @param text as the page has it
 * @param words its arguments
 */
record DocumentedCommand(String text, List<String> words) {

  private static final String CALL = "(?<![\\w/])\\./arete +";
  private static final Pattern WORD = Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
  private static final Set<String> KEYS =
      Recipe.keys().stream().map(Key::path).collect(Collectors.toSet());

  /** The calls that a page shows, in its code and between backquotes. */
  static List<DocumentedCommand> of(DocumentPage page) {
    Stream<String> spans =
        page.spans().stream().map(span -> span.replaceFirst("^arete +", "./arete "));
    return Stream.concat(page.code().stream(), spans)
        .flatMap(text -> Arrays.stream(text.split(CALL, -1)).skip(1))
        .map(DocumentedCommand::parsed)
        .toList();
  }

  private static DocumentedCommand parsed(String rest) {
    List<String> words = new ArrayList<>();
    // What follows a remark, a pipe or another command is not its own.
    String text = rest.replaceFirst("( #| \\| | > | 2>|;| && |\\)\"?( |$)).*", "");
    Matcher matcher = WORD.matcher(text);
    matcher.results().map(DocumentedCommand::word).filter(w -> !w.isEmpty()).forEach(words::add);
    return new DocumentedCommand(text.strip(), words);
  }

  /** A word without its quotes, and what a page puts around it: brackets, commas, dots. */
  private static String word(MatchResult found) {
    String bare = found.group().replaceAll("[\"']", "");
    if (!bare.equals(found.group())) {
      return bare;
    }
    String word = bare.replaceAll("^\\[|…|^\\.\\.\\.|[,)]+$", "");
    return word.contains("[") ? word : word.replaceAll("\\]$", "");
  }

  /** What is wrong with it, in a few words. */
  Optional<String> fault(CommandLine root) {
    CommandLine command = root;
    int given = 0;
    if (!words.isEmpty() && words.get(0).equals("COMMAND")) {
      return Optional.empty();
    }
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.matches("--?[a-z].*")) {
        String name = word.replaceFirst("=.*", "");
        OptionSpec option = command.getCommandSpec().optionsMap().get(name);
        if (option == null) {
          return Optional.of(command.getCommandName() + " has no option " + name);
        }
        if (option.arity().min() > 0) {
          String value = word.contains("=") ? word.substring(name.length() + 1) : next(++i);
          Optional<String> wrong = wrongValue(name, value);
          if (wrong.isPresent()) {
            return wrong;
          }
        }
      } else if (given == 0 && command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
      } else if (++given > mostPositionals(command)) {
        return Optional.of(command.getCommandName() + " takes no '" + word + "' there");
      }
    }
    return command == root && given == 0 && words.isEmpty()
        ? Optional.of("no command is named")
        : Optional.empty();
  }

  private String next(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  private static int mostPositionals(CommandLine command) {
    return command.getCommandSpec().positionalParameters().stream()
        .mapToInt(
            p -> p.index().isVariable() || p.arity().isVariable() ? 1_000 : p.index().max() + 1)
        .max()
        .orElse(0);
  }

  private static Optional<String> wrongValue(String option, String value) {
    if (option.equals("--set")) {
      String key = value.replaceFirst("=.*", "");
      boolean known = KEYS.contains(key) || key.matches("[A-Z$].*");
      return known ? Optional.empty() : Optional.of("no recipe has the key '" + key + "'");
    }
    if (option.equals("--force") && !value.matches("[A-Z]+")) {
      boolean known = GateNames.FORCEABLE.contains(value);
      return known ? Optional.empty() : Optional.of("there is no gate '" + value + "' to force");
    }
    return Optional.empty();
  }
}
