package io.arete.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.JsonFault;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What ends the texts of a model that has no chat template: its {@code eos_token_id}. */
final class EndOfSequence {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 1 << 20;
  private static final List<String> FILES = List.of("generation_config.json", "config.json");

  private EndOfSequence() {}

  /**
   * The ids that generation_config.json names, or else config.json; none if neither names one.
   *
   * @throws AreteException if a file is broken
   */
  static Set<Integer> read(Path modelFolder) {
    for (String name : FILES) {
      Set<Integer> ids = ids(modelFolder.resolve(name));
      if (!ids.isEmpty()) {
        return ids;
      }
    }
    return Set.of();
  }

  private static Set<Integer> ids(Path file) {
    if (!Files.isRegularFile(file)) {
      return Set.of();
    }
    JsonNode named = root(file).path("eos_token_id");
    Set<Integer> ids = new HashSet<>();
    for (JsonNode id : named.isArray() ? named : List.of(named)) {
      if (id.canConvertToInt()) {
        ids.add(id.intValue());
      }
    }
    return ids;
  }

  private static JsonNode root(Path file) {
    try {
      return JSON.readTree(BoundedText.read(file, MAX_BYTES));
    } catch (JsonProcessingException e) {
      throw new AreteException(file + " cannot be read as JSON (" + JsonFault.of(e) + ").", e);
    }
  }
}
