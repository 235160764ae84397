package io.arete.rlaif.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.JsonFault;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.file.IoFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files of one JSON object a line. Lines are at most 16 MiB and 64 levels deep; blank ones are
 * skipped; every failure names the file and the line, counted from 1.
 */
public final class JsonLines {

  private static final int LIMIT_BYTES = 16 << 20;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonLines() {}

  /** Makes a value of a row. */
  public interface RowReader<T> {

    /**
     * The value of that row; empty to leave it out.
     *
     * @param line the row's line, counted from 1
     * @throws AreteException whose sentence needs no place: the file and line are put in front
     */
    Optional<T> read(int line, ObjectNode row);
  }

  /**
   * The values of a file that a person made: every line must be whole.
   *
   * @param limit the most lines read; 0 = all
   * @throws AreteException at the first wrong line, or if the file has none
   */
  public static <T> List<T> read(Path file, int limit, RowReader<T> reader) {
    List<T> values = new ArrayList<>();
    int rows = scan(file, limit, false, reader, values);
    if (rows == 0) {
      throw new AreteException(file + " holds no lines; give at least one JSON object.");
    }
    return values;
  }

  /**
   * The values of a file that {@link JsonLinesWriter} made: none if it is not there, and a torn
   * last line (one without a line end) does not count.
   *
   * @throws AreteException at the first wrong line
   */
  public static <T> List<T> readAppended(Path file, RowReader<T> reader) {
    List<T> values = new ArrayList<>();
    if (Files.exists(file)) {
      scan(file, 0, true, reader, values);
    }
    return values;
  }

  private static <T> int scan(
      Path file, int limit, boolean dropTorn, RowReader<T> reader, List<T> values) {
    int rows = 0;
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      LineInput lines = new LineInput(input, file);
      while (lines.next() && (limit == 0 || rows < limit)) {
        if (dropTorn && lines.torn()) {
          break;
        }
        String where = file + " line " + lines.number();
        String text = BoundedText.decode(lines.bytes(), lines.bytes().length, where);
        if (!text.isBlank()) {
          rows++;
          value(where, lines.number(), text, reader).ifPresent(values::add);
        }
      }
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
    return rows;
  }

  /**
   * The value of one row that did not come from a line.
   *
   * @param where what messages put in front
   * @param number the row's, counted from 1
   * @throws AreteException if the text is no JSON object, or the reader refuses it
   */
  public static <T> Optional<T> value(String where, int number, String text, RowReader<T> reader) {
    ObjectNode row = parse(text, where);
    try {
      return reader.read(number, row);
    } catch (AreteException e) {
      String message = String.valueOf(e.getMessage());
      String end = message.endsWith(".") ? "" : ".";
      throw new AreteException(where + ": " + message + end, e);
    }
  }

  private static ObjectNode parse(String text, String where) {
    if (JsonFault.isList(text)) {
      throw new AreteException(where + " " + JsonFault.LIST + ".");
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new AreteException(where + " must be a JSON object in braces.");
    } catch (JsonProcessingException e) {
      throw new AreteException(where + " is not valid JSON: " + JsonFault.of(e) + ".", e);
    }
  }

  /** Cuts a stream into lines without ever holding more than one. */
  private static final class LineInput {
    private final InputStream input;
    private final Path file;
    private byte[] bytes = {};
    private int number;
    private boolean torn;

    LineInput(InputStream input, Path file) {
      this.input = input;
      this.file = file;
    }

    boolean next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(256);
      int next = input.read();
      if (next < 0) {
        return false;
      }
      number++;
      while (next >= 0 && next != '\n') {
        if (line.size() == LIMIT_BYTES) {
          throw new AreteException(
              file + " line " + number + " is longer than the " + LIMIT_BYTES + " bytes allowed.");
        }
        line.write(next);
        next = input.read();
      }
      torn = next < 0;
      bytes = line.toByteArray();
      return true;
    }

    byte[] bytes() {
      return bytes;
    }

    int number() {
      return number;
    }

    boolean torn() {
      return torn;
    }
  }
}
