package io.arete.world.file;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Where the banks' YAML texts come from, by name: {@code language}, {@code schemas/well}. */
@FunctionalInterface
public interface BankSource {

  /**
   * The YAML text of that name.
   *
   * @throws AreteException if there is none
   */
  String text(String name);

  /** The banks that come with Arete. */
  static BankSource standard() {
    return BankSource::resource;
  }

  private static String resource(String name) {
    String place = "/io/arete/world/" + name + ".yaml";
    try (InputStream input = BankSource.class.getResourceAsStream(place)) {
      if (input == null) {
        throw new AreteException(
            "The practice world has no bank " + name + "; put it beside language.yaml.");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AreteException("Cannot read the bank " + name + ": " + e.getMessage() + ".", e);
    }
  }
}
