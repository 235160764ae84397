package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which hub, as whom, and where what it gives is kept: by the variables that Python's programs
 * read.
 *
 * @param endpoint the hub's address; there is no default
 * @param cache the folder that holds {@code models--OWNER--NAME}
 * @param token who asks
 * @param offline whether nothing may be asked
 */
public record HubSettings(
    Optional<HubEndpoint> endpoint, Path cache, HubToken token, boolean offline) {

  private static final Set<String> YES = Set.of("1", "on", "yes", "true");

  /**
   * Reads {@code HF_ENDPOINT}, {@code HF_HUB_CACHE}, {@code HF_HOME}, {@code HF_TOKEN}, {@code
   * HF_TOKEN_PATH} and {@code HF_HUB_OFFLINE}.
   *
   * @param environment the process's variables
   */
  public static HubSettings of(Map<String, String> environment) {
    return new HubSettings(
        said(environment, "HF_ENDPOINT").map(HubEndpoint::parse),
        cacheOf(environment),
        token(environment),
        said(environment, "HF_HUB_OFFLINE")
            .map(value -> YES.contains(value.toLowerCase(Locale.ROOT)))
            .orElse(false));
  }

  /** The cache alone, which needs neither an endpoint nor a token. */
  public static Path cacheOf(Map<String, String> environment) {
    return said(environment, "HF_HUB_CACHE")
        .or(() -> said(environment, "HUGGINGFACE_HUB_CACHE"))
        .map(HubSettings::path)
        .orElseGet(() -> home(environment).resolve("hub"));
  }

  /** The same with another endpoint. */
  public HubSettings withEndpoint(HubEndpoint other) {
    return new HubSettings(Optional.of(other), cache, token, offline);
  }

  /** The same with another token. */
  public HubSettings withToken(HubToken other) {
    return new HubSettings(endpoint, cache, other, offline);
  }

  /** The same with another cache. */
  public HubSettings withCache(Path other) {
    return new HubSettings(endpoint, other, token, offline);
  }

  /**
   * A connection to the hub.
   *
   * @throws AreteException if no endpoint was said, or nothing may be asked
   */
  public HubConnection connect() {
    if (offline) {
      throw new AreteException(
          "HF_HUB_OFFLINE is set, so no hub is asked; unset it and start again");
    }
    HubEndpoint hub =
        endpoint.orElseThrow(
            () ->
                new AreteException(
                    "no hub was named; set HF_ENDPOINT to its address, or say --endpoint URL"));
    return new HubConnection(hub, token, Patience.usual());
  }

  private static HubToken token(Map<String, String> environment) {
    for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      Optional<String> value = said(environment, name);
      if (value.isPresent()) {
        return HubToken.ofVariable(name, value.get());
      }
    }
    Path file =
        said(environment, "HF_TOKEN_PATH")
            .map(HubSettings::path)
            .orElseGet(() -> home(environment).resolve("token"));
    return Files.isRegularFile(file) ? HubToken.ofFile(file) : HubToken.NONE;
  }

  private static Path home(Map<String, String> environment) {
    return said(environment, "HF_HOME")
        .map(HubSettings::path)
        .orElseGet(
            () ->
                said(environment, "XDG_CACHE_HOME")
                    .map(HubSettings::path)
                    .orElseGet(() -> userHome().resolve(".cache"))
                    .resolve("huggingface"));
  }

  private static Path path(String text) {
    return text.startsWith("~/") ? userHome().resolve(text.substring(2)) : Path.of(text);
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home", "."));
  }

  private static Optional<String> said(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
