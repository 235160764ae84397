package io.arete.engine.hub;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One request.
 *
 * @param body made anew for every attempt
 * @param headers besides those of every request
 * @param again whether a second one does no harm where the first may have arrived
 */
record Ask(
    String method,
    URI address,
    Supplier<BodyPublisher> body,
    Map<String, String> headers,
    boolean again) {

  private static final String JSON = "application/json";

  Ask {
    headers = Map.copyOf(headers);
  }

  static Ask get(URI address) {
    return new Ask("GET", address, BodyPublishers::noBody, Map.of(), true);
  }

  static Ask post(URI address, String json) {
    return new Ask(
        "POST", address, () -> BodyPublishers.ofString(json), Map.of("Content-Type", JSON), true);
  }

  static Ask put(URI address, Supplier<BodyPublisher> body) {
    return new Ask("PUT", address, body, Map.of(), true);
  }

  /** The same with one more header. */
  Ask with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Ask(method, address, body, more, again);
  }

  /** The same, repeated only if the server says that it did nothing. */
  Ask once() {
    return new Ask(method, address, body, headers, false);
  }
}
