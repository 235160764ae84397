package io.arete.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines in, JSON lines out, for the scripting commands: one output line for each input line,
 * in the same order, written as soon as its batch is done.
 */
public final class JsonLinesIo {

  private static final String STANDARD_INPUT = "-";

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private static final JsonMapper WRITER = new JsonMapper();

  private final String file;
  private final InputStream standardInput;
  private final OutputStream output;

  /**
   * Reads {@code file}, or {@code standardInput} if it is {@code -}; writes to {@code output},
   * which should report failed writes (a PrintStream does not).
   */
  public JsonLinesIo(String file, InputStream standardInput, OutputStream output) {
    this.file = file;
    this.standardInput = standardInput;
    this.output = output;
  }

  /** What a command does with some lines: returns one object for each of them, in order. */
  @FunctionalInterface
  public interface Batch {

    /** The outputs for {@code lines}; use {@link InputLine#failure} for what is wrong with one. */
    List<ObjectNode> apply(List<InputLine> lines);
  }

  /**
   * Passes the input through {@code batch}, at most {@code batchLines} lines at a time. Outputs of
   * the batches before a wrong line are written before it fails.
   *
   * @return the number of lines, at least 1
   * @throws AreteException if the file cannot be read, is empty, or holds a line that is no JSON
   *     object; the sentence names the line
   */
  public long transform(int batchLines, Batch batch) {
    if (batchLines < 1) {
      throw new IllegalArgumentException("batchLines is " + batchLines + " but must be at least 1");
    }
    List<InputLine> waiting = new ArrayList<>();
    long count =
        forEach(
            line -> {
              waiting.add(line);
              if (waiting.size() == batchLines) {
                write(waiting, batch.apply(List.copyOf(waiting)));
                waiting.clear();
              }
            });
    if (!waiting.isEmpty()) {
      write(waiting, batch.apply(List.copyOf(waiting)));
    }
    return count;
  }

  /**
   * All lines at once.
   *
   * @param most how many there may be
   * @throws AreteException as {@link #transform} does, or if there are more
   */
  List<InputLine> lines(int most) {
    List<InputLine> all = new ArrayList<>();
    forEach(
        line -> {
          if (all.size() == most) {
            throw line.failure("only %d lines are read; leave some out".formatted(most));
          }
          all.add(line);
        });
    return all;
  }

  private long forEach(Consumer<InputLine> taker) {
    long count = 0;
    try (InputStream input = open()) {
      BoundedLines lines = new BoundedLines(input);
      InputLine line;
      while ((line = next(lines)) != null) {
        taker.accept(line);
        count++;
      }
    } catch (NoSuchFileException e) {
      throw new AreteException("There is no file %s; check the path.".formatted(shownName()), e);
    } catch (IOException e) {
      throw new AreteException(
          "%s cannot be read (%s); check the path and its permissions."
              .formatted(shownName(), FailureReport.firstLine(e.getMessage())),
          e);
    }
    if (count == 0) {
      throw new AreteException(
          shownName() + " is empty; give at least one line with a JSON object.");
    }
    return count;
  }

  private @Nullable InputLine next(BoundedLines lines) throws IOException {
    String text;
    try {
      text = lines.next();
    } catch (CharacterCodingException e) {
      throw failure(lines.number(), "it is not UTF-8; convert the file", e);
    } catch (BoundedLines.TooLongException e) {
      throw failure(lines.number(), String.valueOf(e.getMessage()), e);
    }
    return text == null ? null : parse(lines.number(), text);
  }

  private InputLine parse(long number, String text) {
    if (JsonFault.isList(text)) {
      throw failure(number, "it " + JsonFault.LIST, null);
    }
    JsonNode node;
    try {
      node = READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw failure(number, "it is not one complete JSON object (" + JsonFault.of(e) + ")", e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw failure(number, "it must be a JSON object, for example {\"text\": \"…\"}", null);
    }
    return new InputLine(shownName(), number, object);
  }

  private void write(List<InputLine> inputs, List<ObjectNode> outputs) {
    if (outputs.size() != inputs.size()) {
      throw new IllegalStateException(
          "a batch of " + inputs.size() + " lines gave " + outputs.size() + " outputs");
    }
    write(outputs);
  }

  /** Writes outputs that come of no input line. */
  void write(List<ObjectNode> outputs) {
    try {
      StringBuilder text = new StringBuilder();
      for (ObjectNode node : outputs) {
        text.append(WRITER.writeValueAsString(node)).append('\n');
      }
      output.write(text.toString().getBytes(StandardCharsets.UTF_8));
      output.flush();
    } catch (IOException e) {
      ReaderGoneException.throwIfGone(e);
      throw new UncheckedIOException("standard output cannot be written: " + e.getMessage(), e);
    }
  }

  private InputStream open() throws IOException {
    return file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(file));
  }

  private String shownName() {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  private AreteException failure(long number, String problem, @Nullable Throwable cause) {
    return new AreteException("%s line %d: %s.".formatted(shownName(), number, problem), cause);
  }
}
