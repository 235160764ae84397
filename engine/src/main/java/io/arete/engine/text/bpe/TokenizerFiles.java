package io.arete.engine.text.bpe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.AtomicFile;
import java.nio.file.Path;

/** Writes the tokenizer's share of a model folder. */
public final class TokenizerFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFiles() {}

  /**
   * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and {@code
   * special_tokens_map.json}, which {@link io.arete.engine.text.Tokenizer}, {@link
   * io.arete.engine.text.ChatTemplate} and transformers read. Files of these names are replaced.
   *
   * @param folder exists; a chat_template.jinja in it would be read instead of the template
   * @param chatTemplate the Jinja source of the chat template
   * @param longestSequence how many tokens the model reads at most
   * @throws AreteException if a file cannot be written
   */
  public static void write(
      Path folder, ByteLevelBpe bpe, String chatTemplate, int longestSequence) {
    AtomicFile.write(folder.resolve("tokenizer.json"), tokenizerJson(bpe));
    write(
        folder.resolve("tokenizer_config.json"),
        config(bpe.specialTokens(), chatTemplate, longestSequence));
    write(folder.resolve("special_tokens_map.json"), specialTokensMap(bpe.specialTokens()));
  }

  /** The bytes of {@code tokenizer.json}, for telling whether two tokenizers are the same. */
  public static byte[] tokenizerJson(ByteLevelBpe bpe) {
    return bytes("tokenizer.json", TokenizerJson.of(bpe));
  }

  /** PreTrainedTokenizerFast takes tokenizer.json as it is; GPT-2's own class would rebuild it. */
  private static ObjectNode config(
      SpecialTokenSet tokens, String chatTemplate, int longestSequence) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("tokenizer_class", "PreTrainedTokenizerFast");
    json.put("model_max_length", longestSequence);
    json.put("add_prefix_space", false);
    json.put("clean_up_tokenization_spaces", false);
    json.setAll(specialTokensMap(tokens));
    json.put("chat_template", chatTemplate);
    return json;
  }

  private static ObjectNode specialTokensMap(SpecialTokenSet tokens) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (TokenRole role : TokenRole.values()) {
      String text = tokens.roles().get(role);
      if (text != null) {
        json.put(role.key(), text);
      }
    }
    ArrayNode others = json.putArray("additional_special_tokens");
    tokens.withoutRole().forEach(others::add);
    return json;
  }

  private static void write(Path file, ObjectNode json) {
    AtomicFile.write(file, bytes(file.toString(), json));
  }

  private static byte[] bytes(String name, ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AreteException("%s cannot be written as JSON; report this.".formatted(name), e);
    }
  }
}
