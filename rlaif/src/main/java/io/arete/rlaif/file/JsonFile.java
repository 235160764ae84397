package io.arete.rlaif.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small JSON files that stages leave for each other and for people. */
public final class JsonFile {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  // A design of a study names each of its requests.
  private static final int LIMIT_BYTES = 64 << 20;

  private JsonFile() {}

  /**
   * The file's value; a missing node if the file is not there.
   *
   * @throws AreteException if it is no JSON
   */
  public static JsonNode readIfThere(Path file) {
    return Files.exists(file) ? read(file) : MissingNode.getInstance();
  }

  /**
   * The file's value.
   *
   * @throws AreteException if it is not there or no JSON
   */
  public static JsonNode read(Path file) {
    String text = BoundedText.read(file, LIMIT_BYTES);
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AreteException(
          file + " is not valid JSON; repeat the stage that writes it, or restore the file.", e);
    }
  }

  /** A value as indented text with a line end, the same bytes on every system. */
  public static String text(JsonNode value) {
    return value.toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
  }
}
