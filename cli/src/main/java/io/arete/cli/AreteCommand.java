package io.arete.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The word {@code arete} itself: options that every command shares. */
@Command(
    name = "arete",
    description = "Gives an open language model a virtuous character, and shows whether it worked.",
    commandListHeading = "",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionCommand.Lines.class,
    sortOptions = false,
    footer = {
      "",
      "Results go to standard output, all else to standard error.",
      "Exit codes: 0 done, 1 error, 2 wrong usage, 3 a gate stopped the run."
    })
@SuppressWarnings("unused") // picocli itself acts on help and version
final class AreteCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions.")
  private boolean version;

  private final StandardStreams streams;

  AreteCommand(StandardStreams streams) {
    this.streams = streams;
  }

  /** The streams of the process that {@code command} runs in. */
  static StandardStreams streams(CommandSpec command) {
    return ((AreteCommand) command.root().userObject()).streams;
  }

  /** The JSON lines of {@code file}, and of standard output, for {@code command}. */
  static JsonLinesIo jsonLines(CommandSpec command, String file) {
    StandardStreams streams = streams(command);
    return new JsonLinesIo(file, streams.input(), streams.output());
  }

  /** Whether stack traces were asked for. */
  boolean debug() {
    return debug;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "No command was given.");
  }
}
