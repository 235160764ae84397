package io.arete.rlaif.endpoint;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server's key. It goes into a request's header and nowhere else. */
public final class ApiKey {

  /** For a server that asks for none. */
  public static final ApiKey NONE = new ApiKey("", "no key");

  private static final int LIMIT_BYTES = 4096;

  private final String value;
  private final String origin;

  private ApiKey(String value, String origin) {
    this.value = value;
    this.origin = origin;
  }

  /**
   * The key of the variable or the file that the settings name.
   *
   * @param environment the process's variables
   * @throws AreteException if there is none, or it could not stand in a header; never with the key
   */
  public static ApiKey read(EndpointSettings settings, Map<String, String> environment) {
    if (settings.keyVariable().isPresent()) {
      String name = settings.keyVariable().get();
      return checked(environment.getOrDefault(name, ""), "the environment variable " + name);
    }
    if (settings.keyFile().isPresent()) {
      Path file = settings.keyFile().get();
      return checked(BoundedText.read(file, LIMIT_BYTES), "the file " + file);
    }
    return NONE;
  }

  private static ApiKey checked(String text, String origin) {
    String value = text.strip();
    if (value.isEmpty()) {
      throw new AreteException(
          origin + " holds no key; put the server's key there, or take the setting out");
    }
    if (value.length() > LIMIT_BYTES || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new AreteException(
          origin + " must hold one key of letters, digits and signs, without spaces");
    }
    return new ApiKey(value, origin);
  }

  /** The header's value; empty without a key. */
  Optional<String> header() {
    return value.isEmpty() ? Optional.empty() : Optional.of("Bearer " + value);
  }

  /** Where it came from, for messages. */
  String origin() {
    return origin;
  }

  /** The text without the key, should a server have put it there. */
  String hide(String text) {
    return value.isEmpty() ? text : text.replace(value, "[key]");
  }

  @Override
  public String toString() {
    return "key of " + origin;
  }
}
