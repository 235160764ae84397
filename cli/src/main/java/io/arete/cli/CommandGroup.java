package io.arete.cli;

import io.arete.cli.bench.BenchCommand;
import io.arete.rlaif.extension.CommandProvider;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Commands with one purpose. Registering a command and listing it in the help are one act here, so
 * that no command can be missing from the help.
 *
 * @param heading what the commands are for
 * @param commands in the order of the help
 */
record CommandGroup(String heading, List<CommandSpec> commands) {

  private static final int NAME_WIDTH = 14;
  private static final int LINE_WIDTH = 80;

  CommandGroup {
    commands = List.copyOf(commands);
  }

  /** All groups, in the order of the help; those of other modules stand before the last two. */
  static List<CommandGroup> all() {
    List<CommandGroup> groups = new ArrayList<>();
    Collections.addAll(
        groups,
        of(
            "Runs",
            new QuickstartCommand(),
            new RunCommand(),
            new WatchCommand(),
            new SummaryCommand(),
            new ReportCommand(),
            new DoctorCommand(),
            new BestOfCommand(),
            new LabelCommand(),
            new ValidateCommand(),
            new ConstitutionCommand()),
        new CommandGroup("Single stages of a run", StageCommand.all()),
        of(
            "Models",
            new PullCommand(),
            new PushCommand(),
            new ImportCommand(),
            new MergeCommand(),
            new ExportGgufCommand(),
            new InspectCommand(),
            new QuantizeCommand(),
            new ModelsCommand(),
            new PretrainCommand(),
            new ChatCommand(),
            new GenerateCommand(),
            new LogProbsCommand(),
            new ScoreCommand(),
            new RenderCommand()));
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      groups.add(of(provider.heading(), provider.commands(CommandGroup::progress).toArray()));
    }
    Collections.addAll(
        groups,
        of("About this machine", new BenchCommand()),
        of("About Arete", new VersionCommand(), new CompletionCommand()));
    return groups;
  }

  private static StageProgress progress(boolean quiet) {
    return new StageProgress(
        new ProgressOptions(quiet), new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  private static CommandGroup of(String heading, Object... annotated) {
    return new CommandGroup(
        heading, Arrays.stream(annotated).map(CommandSpec::forAnnotatedObject).toList());
  }

  /** The help's list of commands, under their headings. */
  static String list() {
    StringBuilder text = new StringBuilder();
    all().forEach(group -> group.describe(text));
    return text.toString();
  }

  void addTo(CommandLine commandLine) {
    commands.forEach(command -> commandLine.addSubcommand(command.name(), command));
  }

  private void describe(StringBuilder text) {
    TextTable table =
        TextTable.forColumns(
            CommandLine.Help.defaultColorScheme(Ansi.OFF),
            new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
            new Column(LINE_WIDTH - NAME_WIDTH, 2, Column.Overflow.WRAP));
    for (CommandSpec command : commands) {
      table.addRowValues(command.name(), String.join(" ", command.usageMessage().description()));
    }
    text.append(System.lineSeparator()).append(heading).append(':').append(System.lineSeparator());
    text.append(table);
  }
}
