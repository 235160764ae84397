package io.arete.engine.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.JsonFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the text files of a model folder, with a bound on their size. */
public final class ModelFiles {

  private static final long MAX_BYTES = 256L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFiles() {}

  /**
   * The text of a file that must be there.
   *
   * @throws AreteException if it is not, is too large or no UTF-8
   */
  public static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new AreteException(
          "The file %s is missing; name a model folder that holds it.".formatted(file));
    }
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new AreteException(
            "The file %s has %d bytes but may have %d; check that it is the right file."
                .formatted(file, size, MAX_BYTES));
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AreteException(
          "The file %s cannot be read as UTF-8 text (%s); check it and its permissions."
              .formatted(file, e),
          e);
    }
  }

  /**
   * The object in a JSON file that must be there.
   *
   * @throws AreteException if it is not, is too large or holds no JSON object
   */
  public static JsonNode object(Path file) {
    return parsed(file, text(file));
  }

  /**
   * The object in a JSON file, or an empty one if the file is not there.
   *
   * @throws AreteException if it is too large or holds no JSON object
   */
  public static JsonNode objectIfPresent(Path file) {
    return Files.isRegularFile(file) ? object(file) : JSON.createObjectNode();
  }

  /** The object in a JSON text that was read from a file. */
  static JsonNode parsed(Path file, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new AreteException(
          "The file %s is no JSON (%s); fetch it again.".formatted(file, JsonFault.of(e)), e);
    }
    throw new AreteException(
        "The file %s holds no JSON object; check that it is the right file.".formatted(file));
  }
}
