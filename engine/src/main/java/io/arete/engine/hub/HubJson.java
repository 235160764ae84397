package io.arete.engine.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.io.IOException;
import java.util.Optional;

/** JSON of a server: bounded depth, names and numbers, no name twice. */
final class HubJson {

  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(32)
                      .maxNameLength(1024)
                      .maxNumberLength(32)
                      .maxStringLength(1 << 20)
                      .build())
              .build());

  private HubJson() {}

  /**
   * The value that a server sent.
   *
   * @throws AreteException if it sent none
   */
  static JsonNode read(byte[] text, HubEndpoint endpoint) {
    return tryRead(text)
        .orElseThrow(
            () ->
                new AreteException(
                    endpoint + " answered with something that is no JSON; is it a hub?"));
  }

  /** The value, if it is one. */
  static Optional<JsonNode> tryRead(byte[] text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * A text that must be there.
   *
   * @throws AreteException if it is not
   */
  static String text(JsonNode value, String name, HubEndpoint endpoint) {
    JsonNode found = value.path(name);
    if (!found.isTextual()) {
      throw new AreteException(
          "%s answered without '%s', so it is no hub that Arete knows; check the address"
              .formatted(endpoint, name));
    }
    return found.textValue();
  }

  /**
   * A number of bytes that must be there.
   *
   * @throws AreteException if it is not, or is negative
   */
  static long size(JsonNode value, String name, HubEndpoint endpoint) {
    JsonNode found = value.path(name);
    if (!found.isIntegralNumber() || !found.canConvertToLong() || found.longValue() < 0) {
      throw new AreteException(
          "%s answered without a size in '%s', so it is no hub that Arete knows; check the address"
              .formatted(endpoint, name));
    }
    return found.longValue();
  }
}
