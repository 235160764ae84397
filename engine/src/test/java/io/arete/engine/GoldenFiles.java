package io.arete.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Finds the reference values of the Python libraries (see the README beside them). */
public final class GoldenFiles {

  private static final Path ROOT = Path.of("../engine/src/test/resources/golden");

  private GoldenFiles() {}

  /** The folder or file of that name under {@code golden}. */
  public static Path path(String name) {
    return ROOT.resolve(name);
  }

  /** A JSON file under {@code golden}, parsed. */
  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
