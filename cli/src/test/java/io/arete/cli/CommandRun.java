package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A command that ran in this JVM, and what came of it.
 *
 * @param code what the process would have ended with
 * @param output standard output
 * @param messages standard error
 */
record CommandRun(ExitCode code, String output, String messages) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs a command with {@code input} on standard input. */
  static CommandRun of(String input, Object... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter text = new StringWriter();
    StringWriter messages = new StringWriter();
    ExitCode code =
        Main.run(
            Arrays.stream(arguments).map(Object::toString).toArray(String[]::new),
            new StandardStreams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), bytes),
            new PrintWriter(text, true),
            new PrintWriter(messages, true));
    return new CommandRun(
        code, bytes.toString(StandardCharsets.UTF_8) + text, messages.toString().strip());
  }

  /** The JSON objects of standard output. */
  List<JsonNode> lines() {
    return output.lines().map(CommandRun::parse).toList();
  }

  /** The JSON object of a text. */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Input lines of id lists. */
  static String idLines(Iterable<int[]> sequences) {
    StringBuilder lines = new StringBuilder();
    sequences.forEach(ids -> lines.append("{\"ids\":").append(Arrays.toString(ids)).append("}\n"));
    return lines.toString();
  }
}
