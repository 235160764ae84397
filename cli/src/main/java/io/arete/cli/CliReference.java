package io.arete.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of all commands, made from their declarations. */
final class CliReference {

  private static final String HEAD =
      """
      # Commands

      Every command of `./arete` with its options, made from their declarations; `arete COMMAND --help` says the same.
      Results go to standard output, all else to standard error. Exit codes: 0 done, 1 error, 2 wrong usage, 3 a gate
      stopped the run. `arete completion bash` (zsh, fish) prints a script for your shell.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private CliReference() {}

  /**
   * The page.
   *
   * @param root with all commands
   */
  static String markdown(CommandLine root) {
    CliReference reference = new CliReference();
    reference.page.append("\nWith every command:\n");
    reference.table(
        root.getCommandSpec().options().stream()
            .filter(CliReference::isForAll)
            .map(CliReference::row)
            .toList());
    for (CommandGroup group : CommandGroup.all()) {
      reference.page.append("\n## ").append(group.heading()).append('\n');
      for (CommandSpec command : group.commands()) {
        String name = command.name();
        reference.command(
            root.getCommandName() + " " + name,
            Objects.requireNonNull(root.getSubcommands().get(name)));
      }
    }
    return reference.page.toString();
  }

  private void command(String path, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    page.append("\n### ").append(path).append("\n\n");
    page.append(escaped(Descriptions.of(spec))).append("\n\n");
    page.append("    ").append(synopsis(path, command)).append('\n');
    List<String> rows = new ArrayList<>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      rows.add(row("`" + parameter.paramLabel() + "`", parameter));
    }
    spec.options().stream()
        .filter(option -> !option.hidden() && !isForAll(option))
        .forEach(option -> rows.add(row(option)));
    table(rows);
    String footer =
        Arrays.stream(spec.usageMessage().footer())
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining("\n"));
    if (!footer.isEmpty()) {
      page.append('\n').append("    " + footer.replace("\n", "\n    ")).append('\n');
    }
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      command(path + " " + below.getKey(), below.getValue());
    }
  }

  private static String synopsis(String path, CommandLine command) {
    StringBuilder line = new StringBuilder(path);
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : spec.options()) {
      if (option.required()) {
        line.append(' ').append(option.longestName()).append('=').append(option.paramLabel());
      }
    }
    boolean more = spec.options().stream().anyMatch(option -> !option.required());
    line.append(more ? " [OPTIONS]" : "");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
      line.append(' ').append(parameter.required() ? label : "[" + label + "]");
    }
    if (!command.getSubcommands().isEmpty()) {
      line.append(" | ").append(String.join(" | ", command.getSubcommands().keySet()));
    }
    return line.toString();
  }

  private static boolean isForAll(OptionSpec option) {
    return option.scopeType() == CommandLine.ScopeType.INHERIT;
  }

  private static String row(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    return row("`" + String.join("`, `", option.names()) + value + "`", option);
  }

  private static String row(String name, ArgSpec argument) {
    String required = argument.required() && argument.isOption() ? "**required** " : "";
    return "| "
        + name.replace("|", "\\|")
        + " | "
        + required
        + escaped(Descriptions.of(argument))
        + " |";
  }

  private void table(List<String> rows) {
    if (!rows.isEmpty()) {
      page.append("\n| | |\n|---|---|\n");
      rows.forEach(row -> page.append(row).append('\n'));
    }
  }

  /** What Markdown would take for its own signs. */
  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*");
  }
}
