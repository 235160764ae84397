package io.arete.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.JsonFault;
import io.arete.engine.text.ChatTemplate;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A chat template in a file of its own, with the variables of another. */
final class BareTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 16 << 20;

  private BareTemplate() {}

  /**
   * Renders a template.
   *
   * @param context a file with one JSON object: the variables
   * @throws AreteException if a file cannot be read or the template fails
   */
  static String render(Path template, Path context) {
    return ChatTemplate.of(text(template), Map.of()).render(variables(context));
  }

  private static Map<String, Object> variables(Path file) {
    try {
      return JSON.readValue(text(file), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new AreteException("%s is no JSON object (%s).".formatted(file, JsonFault.of(e)), e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new AreteException(
            "%s is larger than %d MiB; check that it is the right file."
                .formatted(file, MAX_BYTES >> 20));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new AreteException(file + " is not UTF-8; convert it.", e);
    } catch (IOException e) {
      throw new AreteException(
          "%s cannot be read (%s); check the path and its permissions."
              .formatted(file, FailureReport.firstLine(e.getMessage())),
          e);
    }
  }
}
