package io.arete.cli;

import io.arete.cli.bench.BenchCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/**
 * Commands with one purpose. Registering a command and listing it in the help are one act here, so
 * that no command can be missing from the help.
 *
 * @param heading what the commands are for
 * @param commands annotated command objects, in the order of the help
 */
record CommandGroup(String heading, List<Object> commands) {

  private static final int NAME_WIDTH = 14;
  private static final int LINE_WIDTH = 80;

  CommandGroup {
    commands = List.copyOf(commands);
  }

  /** All groups, in the order of the help. */
  static List<CommandGroup> all() {
    return List.of(
        new CommandGroup(
            "Models",
            List.of(
                new ImportCommand(),
                new ChatCommand(),
                new GenerateCommand(),
                new LogProbsCommand(),
                new ScoreCommand(),
                new RenderCommand())),
        new CommandGroup("About this machine", List.of(new BenchCommand())),
        new CommandGroup("About Arete", List.of(new VersionCommand())));
  }

  /** The help's list of commands, under their headings. */
  static String list() {
    StringBuilder text = new StringBuilder();
    all().forEach(group -> group.describe(text));
    return text.toString();
  }

  void addTo(CommandLine commandLine) {
    commands.forEach(commandLine::addSubcommand);
  }

  private void describe(StringBuilder text) {
    TextTable table =
        TextTable.forColumns(
            CommandLine.Help.defaultColorScheme(Ansi.OFF),
            new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
            new Column(LINE_WIDTH - NAME_WIDTH, 2, Column.Overflow.WRAP));
    for (Object command : commands) {
      CommandLine.Model.CommandSpec spec =
          CommandLine.Model.CommandSpec.forAnnotatedObject(command);
      table.addRowValues(spec.name(), String.join(" ", spec.usageMessage().description()));
    }
    text.append(System.lineSeparator()).append(heading).append(':').append(System.lineSeparator());
    text.append(table);
  }
}
