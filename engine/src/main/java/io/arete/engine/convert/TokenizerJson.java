package io.arete.engine.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/** A tokenizer as the {@code tokenizer.json} and {@code tokenizer_config.json} of Hugging Face. */
final class TokenizerJson {

  private final ByteLevelTokenizer tokenizer;

  private TokenizerJson(ByteLevelTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The {@code tokenizer.json} of Hugging Face. */
  static ObjectNode tokenizer(ByteLevelTokenizer tokenizer) {
    return new TokenizerJson(tokenizer).json();
  }

  /**
   * The {@code tokenizer_config.json}. PreTrainedTokenizerFast takes tokenizer.json as it is; the
   * class of GPT-2 would build its own, without the rule for digits.
   *
   * @param context the longest sequence, in tokens
   */
  static ObjectNode config(ByteLevelTokenizer tokenizer, int context) {
    return new TokenizerJson(tokenizer).configJson(context);
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0");
    json.putNull("truncation");
    json.putNull("padding");
    putAddedTokens(json.putArray("added_tokens"));
    if (tokenizer.rule().composesLetters()) {
      json.putObject("normalizer").put("type", "NFC");
    } else {
      json.putNull("normalizer");
    }
    json.set("pre_tokenizer", tokenizer.rule().preTokenizer());
    json.set("post_processor", postProcessor());
    json.putObject("decoder")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
    putModel(json.putObject("model"));
    return json;
  }

  private ObjectNode configJson(int context) {
    RoleIds roles = tokenizer.roles();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("add_prefix_space", false);
    putToken(json, "bos_token", roles.begin());
    putToken(json, "eos_token", roles.end());
    putToken(json, "pad_token", roles.pad());
    putToken(json, "unk_token", roles.unknown());
    json.put("clean_up_tokenization_spaces", false);
    json.put("model_max_length", context);
    json.put("tokenizer_class", "PreTrainedTokenizerFast");
    tokenizer.chatTemplate().ifPresent(template -> json.put("chat_template", template));
    return json;
  }

  private void putAddedTokens(ArrayNode added) {
    for (int id = 0; id < tokenizer.tokens().size(); id++) {
      if (tokenizer.isAdded(id)) {
        added
            .addObject()
            .put("id", id)
            .put("content", tokenizer.tokens().get(id))
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", tokenizer.kinds().get(id) != ByteLevelTokenizer.USER_DEFINED);
      }
    }
  }

  /** Puts the token of beginnings before every text, or before both of two, if it shall be. */
  private JsonNode postProcessor() {
    if (!tokenizer.beginsText()) {
      return JsonNodeFactory.instance.nullNode();
    }
    int id = (int) tokenizer.roles().begin().orElseThrow();
    String token = tokenizer.tokens().get(id);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "TemplateProcessing");
    putPiece(putPiece(json.putArray("single"), "SpecialToken", token, 0), "Sequence", "A", 0);
    ArrayNode pair = json.putArray("pair");
    putPiece(putPiece(pair, "SpecialToken", token, 0), "Sequence", "A", 0);
    putPiece(putPiece(pair, "SpecialToken", token, 1), "Sequence", "B", 1);
    ObjectNode special = json.putObject("special_tokens").putObject(token);
    special.put("id", token);
    special.putArray("ids").add(id);
    special.putArray("tokens").add(token);
    return json;
  }

  private static ArrayNode putPiece(ArrayNode pieces, String kind, String id, int type) {
    pieces.addObject().putObject(kind).put("id", id).put("type_id", type);
    return pieces;
  }

  /** A run of bytes that no token has becomes one unknown token, as in transformers' own import. */
  private void putModel(ObjectNode model) {
    OptionalLong unknown = tokenizer.roles().unknown();
    model.put("type", "BPE");
    model.putNull("dropout");
    model.putNull("unk_token");
    putToken(model, "unk_token", unknown);
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", unknown.isPresent());
    model.put("byte_fallback", false);
    model.put("ignore_merges", tokenizer.rule().wholeWordsFirst());
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokenizer.tokens().size(); id++) {
      if (!tokenizer.isFiller(id)) {
        vocabulary.put(tokenizer.tokens().get(id), id);
      }
    }
    ArrayNode pairs = model.putArray("merges");
    for (String merge : tokenizer.merges()) {
      int space = merge.indexOf(' ');
      pairs.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
    }
  }

  private void putToken(ObjectNode json, String key, OptionalLong id) {
    id.ifPresent(value -> json.put(key, tokenizer.tokens().get((int) value)));
  }
}
