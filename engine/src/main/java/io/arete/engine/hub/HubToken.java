package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What says to a hub who is asking. It goes into a request's header and nowhere else. */
public final class HubToken {

  /** For what everybody may see. */
  public static final HubToken NONE = new HubToken("", "no token");

  private static final int LIMIT_BYTES = 4096;

  private final String value;
  private final String origin;

  private HubToken(String value, String origin) {
    this.value = value;
    this.origin = origin;
  }

  /**
   * A token that stands in a variable of the environment.
   *
   * @throws AreteException if it could not stand in a header; never with the token
   */
  static HubToken ofVariable(String name, String text) {
    return checked(text, "the environment variable " + name);
  }

  /**
   * A token that stands alone in a file.
   *
   * @throws AreteException if it cannot be read or could not stand in a header
   */
  public static HubToken ofFile(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(LIMIT_BYTES + 1);
      return checked(new String(bytes, StandardCharsets.UTF_8), "the file " + file);
    } catch (IOException e) {
      throw new AreteException(
          "the token's file " + file + " cannot be read; check the path and its permissions", e);
    }
  }

  private static HubToken checked(String text, String origin) {
    String value = text.strip();
    boolean fits = value.length() <= LIMIT_BYTES && value.chars().allMatch(c -> c > ' ' && c < 127);
    if (value.isEmpty() || !fits) {
      throw new AreteException(
          origin + " must hold one token of letters, digits and signs, without spaces");
    }
    return new HubToken(value, origin);
  }

  boolean isThere() {
    return !value.isEmpty();
  }

  /** The header's value; empty without a token. */
  Optional<String> header() {
    return value.isEmpty() ? Optional.empty() : Optional.of("Bearer " + value);
  }

  /** A text without the token, should a server have put it there. */
  String hide(String text) {
    return value.isEmpty() ? text : text.replace(value, "[token]");
  }

  /** Where it came from, for messages; never itself. */
  @Override
  public String toString() {
    return isThere() ? "the token of " + origin : origin;
  }
}
