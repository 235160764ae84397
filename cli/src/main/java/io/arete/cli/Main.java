package io.arete.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/** Where the process begins and ends. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Java follows the locale; files and JSON are UTF-8 everywhere.
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    ExitCode exitCode = run(arguments, writer(System.out), writer(System.err));
    System.exit(exitCode.code());
  }

  /** Runs one command, with its results on {@code output} and all else on {@code messages}. */
  static ExitCode run(String[] arguments, PrintWriter output, PrintWriter messages) {
    return run(arguments, StandardStreams.ofProcess(), output, messages);
  }

  /** As the other; scripting commands read and write {@code streams}. */
  static ExitCode run(
      String[] arguments, StandardStreams streams, PrintWriter output, PrintWriter messages) {
    AreteCommand root = new AreteCommand(streams);
    CommandLine commandLine = commandLine(root);
    commandLine.setOut(output).setErr(messages);
    int code;
    try {
      code = commandLine.execute(arguments);
    } catch (Error error) { // picocli hands on exceptions only; a full heap is an error
      code = FailureReport.print(error, root.debug(), messages).code();
    }
    output.flush();
    return exitCode(code);
  }

  /** All commands below their root. */
  static CommandLine commandLine(AreteCommand root) {
    CommandLine commandLine = new CommandLine(root);
    CommandGroup.all().forEach(group -> group.addTo(commandLine));
    for (String name : List.of(LabelCommand.NAME, EvaluateCommand.NAME, AttackCommand.NAME)) {
      CommandLine asks = Objects.requireNonNull(commandLine.getSubcommands().get(name));
      EndpointOptions.addTo(asks.getCommandSpec());
    }
    commandLine.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, help -> CommandGroup.list());
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(UsageReport::print)
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                FailureReport.print(failure, root.debug(), command.getErr()).code());
  }

  private static ExitCode exitCode(int code) {
    for (ExitCode exitCode : ExitCode.values()) {
      if (exitCode.code() == code) {
        return exitCode;
      }
    }
    throw new IllegalStateException("a command ended with " + code + ", which is no exit code");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
