package io.arete.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish, which picocli does not write: a rule for each command and option. */
final class FishCompletion {

  /** Says which command the words before the cursor have reached: {@code arete reward train}. */
  private static final String FUNCTIONS =
      """
      function __arete_command
          set -l path arete
          for word in (commandline -opc)[2..-1]
              if contains -- "$path $word" $__arete_commands
                  set path "$path $word"
              end
          end
          echo $path
      end

      function __arete_at
          test (__arete_command) = "$argv"
      end

      complete -c arete -e
      complete -c arete -f
      """;

  private final List<String> commands = new ArrayList<>();
  private final StringBuilder rules = new StringBuilder();

  private FishCompletion() {}

  /** The script for all commands. */
  static String script(CommandLine root) {
    FishCompletion fish = new FishCompletion();
    fish.command(root.getCommandName(), root);
    return "# Completion of arete for fish; made by arete completion fish.\n\n"
        + "set -g __arete_commands "
        + String.join(" ", fish.commands)
        + "\n\n"
        + FUNCTIONS
        + fish.rules;
  }

  private void command(String path, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    rules.append('\n');
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      String description = Descriptions.of(below.getValue().getCommandSpec());
      commands.add(quoted(path + " " + below.getKey()));
      rule(path, "-a " + below.getKey() + " -d " + quoted(description));
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        rule(path, names(option) + value(option) + " -d " + quoted(Descriptions.of(option)));
      }
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String value = value(parameter);
      if (!value.isEmpty()) {
        rule(path, value.strip() + " -d " + quoted(parameter.paramLabel()));
      }
    }
    command.getSubcommands().forEach((name, below) -> command(path + " " + name, below));
  }

  private void rule(String path, String rule) {
    rules
        .append("complete -c arete -n ")
        .append(quoted("__arete_at " + path))
        .append(' ')
        .append(rule)
        .append('\n');
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      boolean isShort = name.length() == 2;
      names.add((isShort ? "-s " : "-l ") + name.replaceFirst("^--?", ""));
    }
    return String.join(" ", names);
  }

  /** What follows: one of some words, a file, or something that nobody can guess. */
  private static String value(ArgSpec argument) {
    boolean isOption = argument.isOption();
    if (isOption && argument.arity().max() == 0) {
      return "";
    }
    List<String> words = Descriptions.words(argument);
    if (!words.isEmpty()) {
      return (isOption ? " -x" : "") + " -a " + quoted(String.join(" ", words));
    }
    Class<?> type = argument.auxiliaryTypes()[0];
    if (Path.class.isAssignableFrom(type) || File.class.isAssignableFrom(type)) {
      return isOption ? " -r -F" : " -F";
    }
    return isOption ? " -x" : "";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
