package io.arete.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.JsonFault;
import io.arete.engine.text.ChatTemplate;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Path;
import java.util.Map;

/** A chat template in a file of its own, with the variables of another. */
final class BareTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 16 << 20;

  private BareTemplate() {}

  /**
   * Renders a template.
   *
   * @param context a file with one JSON object: the variables
   * @throws AreteException if a file cannot be read or the template fails
   */
  static String render(Path template, Path context) {
    return ChatTemplate.of(BoundedText.read(template, MAX_BYTES), Map.of())
        .render(variables(context));
  }

  private static Map<String, Object> variables(Path file) {
    try {
      return JSON.readValue(BoundedText.read(file, MAX_BYTES), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new AreteException("%s is no JSON object (%s).".formatted(file, JsonFault.of(e)), e);
    }
  }
}
