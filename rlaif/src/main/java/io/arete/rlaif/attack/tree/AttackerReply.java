package io.arete.rlaif.attack.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.rlaif.attack.prompt.Behavior;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What an attacker wrote.
 *
 * @param improvement what it changed, in its words; may be empty
 * @param prompt the prompt to the target
 */
record AttackerReply(String improvement, String prompt) {

  private static final String PLACEHOLDER = "the new prompt";

  /** What an attacker is shown of the form. */
  static final String FORM =
      "{\"improvement\": \"what was wrong with the last prompt and what you change\", \"prompt\": \""
          + PLACEHOLDER
          + "\"}";

  /** How a reply of the form begins. */
  static final String BEGUN = "{\"improvement\": \"";

  /** The same before the first prompt, when there is nothing to improve. */
  static final String FIRST_BEGUN = BEGUN + "\", \"prompt\": \"";

  private static final int LONGEST = 64_000;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(4)
                      .maxStringLength(LONGEST)
                      .build())
              // Models write line breaks into their strings as they are.
              .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
              .build());

  /**
   * Reads untrusted text: the JSON object in it, with whatever stands before and after it. Empty if
   * there is none with a prompt that can be sent, or if the form was copied as it was.
   */
  static Optional<AttackerReply> read(String text) {
    int begin = text.indexOf('{');
    if (begin < 0 || text.length() > LONGEST) {
      return Optional.empty();
    }
    try (JsonParser parser = MAPPER.createParser(text.substring(begin))) {
      // The parser stops behind the object: what a model adds after it does no harm.
      JsonNode node = MAPPER.readTree(parser);
      JsonNode prompt = node.path("prompt");
      JsonNode improvement = node.path("improvement");
      boolean whole = prompt.isTextual() && improvement.isTextual();
      return whole && fits(prompt.textValue().strip())
          ? Optional.of(
              new AttackerReply(improvement.textValue().strip(), prompt.textValue().strip()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the attacker is shown it again. */
  String toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("improvement", improvement)
        .put("prompt", prompt)
        .toString();
  }

  private static boolean fits(String prompt) {
    return !prompt.isEmpty()
        && prompt.length() <= Behavior.LONGEST
        && !prompt.equalsIgnoreCase(PLACEHOLDER);
  }
}
