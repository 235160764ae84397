package io.arete.engine.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named tokens of a model folder, such as {@code bos_token}: name to text. */
public final class SpecialTokens {

  private SpecialTokens() {}

  /**
   * Reads special_tokens_map.json and tokenizer_config.json, where the latter has the last word.
   */
  public static Map<String, String> read(Path modelFolder) {
    Map<String, String> tokens = new LinkedHashMap<>();
    addFrom(ModelFiles.objectIfPresent(modelFolder.resolve("special_tokens_map.json")), tokens);
    addFrom(ModelFiles.objectIfPresent(modelFolder.resolve("tokenizer_config.json")), tokens);
    return tokens;
  }

  /** A token is a string, or an object with its text under {@code content}. */
  private static void addFrom(JsonNode config, Map<String, String> tokens) {
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      JsonNode value = entry.getValue();
      JsonNode text = value.isObject() ? value.path("content") : value;
      if (entry.getKey().endsWith("_token") && text.isTextual()) {
        tokens.put(entry.getKey(), text.textValue());
      }
    }
  }
}
