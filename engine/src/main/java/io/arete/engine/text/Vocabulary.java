package io.arete.engine.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tokens of a tokenizer.json.
 *
 * @param ids every token's id, added tokens included
 * @param special the ids of special tokens by their text
 * @param unknown the text of the token that stands for what the vocabulary lacks, or empty
 * @param size the highest id plus 1
 */
record Vocabulary(
    Map<String, Integer> ids, Map<String, Integer> special, String unknown, int size) {

  /** More tokens than any model has. */
  private static final int MAX_SIZE = 1 << 24;

  static Vocabulary read(Path file, JsonNode tokenizer) {
    Map<String, Integer> ids = new HashMap<>();
    Map<String, Integer> special = new LinkedHashMap<>();
    JsonNode words = tokenizer.path("model").path("vocab");
    if (words.isObject()) {
      words.properties().forEach(word -> ids.put(word.getKey(), id(file, word.getValue())));
    } else {
      int next = 0;
      for (JsonNode word : words) {
        ids.put(word.path(0).asText(), next++);
      }
    }
    for (JsonNode token : tokenizer.path("added_tokens")) {
      ids.put(token.path("content").asText(), id(file, token.path("id")));
      if (isSpecial(token)) {
        special.put(token.path("content").asText(), id(file, token.path("id")));
      }
    }
    int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    if (size == 0) {
      throw new AreteException("The file %s holds no vocabulary; fetch it again.".formatted(file));
    }
    String unknown = tokenizer.path("model").path("unk_token").asText("");
    return new Vocabulary(ids, special, unknown, size);
  }

  /**
   * The same tokenizer, whose special tokens bear names that no text holds: what was their text is
   * ordinary text to it, and every other token keeps its id. (Leaving the special tokens out would
   * not do: the library numbers added tokens in their order.)
   */
  static String withHiddenSpecialTokens(JsonNode tokenizer) {
    ObjectNode copy = tokenizer.deepCopy();
    // A name that cannot be foreseen, so that nobody can write it into a text.
    String secret = UUID.randomUUID().toString();
    Map<String, String> hidden = new HashMap<>();
    for (JsonNode token : copy.path("added_tokens")) {
      if (isSpecial(token)) {
        String name = "<%s %s>".formatted(secret, token.path("id"));
        hidden.put(token.path("content").asText(), name);
        ((ObjectNode) token).put("content", name);
      }
    }
    if (copy.path("model") instanceof ObjectNode model) {
      rename(model, hidden);
    }
    return copy.toString();
  }

  private static void rename(ObjectNode model, Map<String, String> hidden) {
    JsonNode words = model.path("vocab");
    if (words.isObject()) {
      ObjectNode renamed = model.putObject("vocab");
      for (Map.Entry<String, JsonNode> word : words.properties()) {
        renamed.set(hidden.getOrDefault(word.getKey(), word.getKey()), word.getValue());
      }
    }
    for (JsonNode word : words) {
      String name = hidden.get(word.path(0).asText());
      if (name != null && word instanceof ArrayNode pair) {
        pair.set(0, TextNode.valueOf(name));
      }
    }
    String unknown = hidden.get(model.path("unk_token").asText());
    if (unknown != null) {
      model.put("unk_token", unknown);
    }
  }

  private static boolean isSpecial(JsonNode token) {
    return token.path("special").asBoolean() && !token.path("content").asText().isEmpty();
  }

  private static int id(Path file, JsonNode node) {
    if (!node.canConvertToInt() || node.intValue() < 0 || node.intValue() >= MAX_SIZE) {
      throw new AreteException(
          "The file %s gives a token the id %s but ids go from 0 to %d; fetch it again."
              .formatted(file, Quoted.line(node.toString()), MAX_SIZE - 1));
    }
    return node.intValue();
  }
}
