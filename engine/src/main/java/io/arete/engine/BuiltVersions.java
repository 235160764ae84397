package io.arete.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** What this was built as, and with. */
public final class BuiltVersions {

  private BuiltVersions() {}

  /** The versions that results of a run depend on, by the names that run.json gives them. */
  public static Map<String, String> ofResults() {
    Properties built = new Properties();
    try (InputStream file = BuiltVersions.class.getResourceAsStream("version.properties")) {
      built.load(Objects.requireNonNull(file, "version.properties is not in the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("arete", built.getProperty("arete"), "libtorch", built.getProperty("libtorch"));
  }
}
