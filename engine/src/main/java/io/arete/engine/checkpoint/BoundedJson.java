package io.arete.engine.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.arete.engine.JsonFault;
import io.arete.engine.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of an untrusted file: strict UTF-8, bounded depth, names and numbers, no name twice. */
final class BoundedJson {

  /** The largest JSON text that is read; safetensors' own reader has the same limit. */
  static final int MAX_BYTES = 100_000_000;

  static final int MAX_NAME_LENGTH = 4_096;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_LENGTH = 64;

  // Names come from the file: a table of canonical names would only be a target for collisions.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();

  private BoundedJson() {}

  /**
   * A parser of UTF-8 text.
   *
   * @throws IOException if the text is not UTF-8; the parser throws it for all that is not JSON
   */
  static JsonParser parser(ByteBuffer utf8) throws IOException {
    return FACTORY.createParser(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
  }

  /** What is wrong with the text, without line breaks or the parser's own location notes. */
  static String fault(IOException cause) {
    if (cause instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    if (cause instanceof JsonProcessingException json) {
      return JsonFault.of(json);
    }
    String message = cause.getMessage();
    return message == null
        ? "it cannot be parsed"
        : Quoted.line(message.lines().findFirst().orElse(""));
  }
}
