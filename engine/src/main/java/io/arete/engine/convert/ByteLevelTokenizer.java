package io.arete.engine.convert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.checkpoint.Quoted;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A byte-level BPE tokenizer (as GPT-2's), from the {@code tokenizer.*} metadata of a GGUF file.
 *
 * @param tokens token texts by id, in the byte-level alphabet; no two are equal
 * @param kinds llama.cpp's kind of each token, see {@link #UNKNOWN}
 * @param merges pairs joined by one space, most important first; parts and results are tokens
 * @param digitsApart whether each digit stands alone before merging
 * @param special the ids with a role
 */
record ByteLevelTokenizer(
    List<String> tokens,
    List<Long> kinds,
    List<String> merges,
    boolean digitsApart,
    SpecialTokens special) {

  private static final long UNKNOWN = 2;
  private static final long CONTROL = 3;
  private static final long USER_DEFINED = 4;

  private static final String PREFIX = "tokenizer.ggml.";

  ByteLevelTokenizer {
    tokens = List.copyOf(tokens);
    kinds = List.copyOf(kinds);
    merges = List.copyOf(merges);
  }

  /**
   * Reads and checks the tokenizer.
   *
   * @throws AreteException if it is of another kind, or its parts contradict each other
   */
  static ByteLevelTokenizer from(GgufMetadata metadata, SpecialTokens special) {
    String model = metadata.text(PREFIX + "model");
    if (!model.equals("gpt2")) {
      throw new AreteException(
          "%s has the tokenizer %s, but only gpt2 (byte-level BPE) is imported"
              .formatted(metadata.file(), Quoted.of(model)));
    }
    for (String flag : List.of("add_space_prefix", "add_bos_token", "add_eos_token")) {
      if (metadata.flag(PREFIX + flag, false)) {
        throw new AreteException(
            "%s sets %s%s, but only false is imported".formatted(metadata.file(), PREFIX, flag));
      }
    }
    List<String> tokens = metadata.texts(PREFIX + "tokens");
    List<Long> kinds = metadata.wholes(PREFIX + "token_type");
    List<String> merges = metadata.texts(PREFIX + "merges");
    if (kinds.size() != tokens.size()) {
      throw new AreteException(
          "%s has %d tokens but %d token types; fetch it again"
              .formatted(metadata.file(), tokens.size(), kinds.size()));
    }
    Map<String, Integer> idByToken = idByToken(metadata.file(), tokens);
    merges.forEach(merge -> requireMerge(metadata.file(), merge, idByToken));
    return new ByteLevelTokenizer(tokens, kinds, merges, digitsApart(metadata), special);
  }

  /** The {@code tokenizer.json} of the Hugging Face library {@code tokenizers}. */
  ObjectNode tokenizerJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0");
    json.putNull("truncation");
    json.putNull("padding");
    putAddedTokens(json.putArray("added_tokens"));
    json.putNull("normalizer");
    ObjectNode preTokenizer = json.putObject("pre_tokenizer");
    preTokenizer.put("type", "Sequence");
    ArrayNode steps = preTokenizer.putArray("pretokenizers");
    if (digitsApart) {
      steps.addObject().put("type", "Digits").put("individual_digits", true);
    }
    putByteLevel(steps.addObject());
    json.putNull("post_processor");
    putByteLevel(json.putObject("decoder"));
    putModel(json.putObject("model"));
    return json;
  }

  /**
   * The {@code tokenizer_config.json}. PreTrainedTokenizerFast takes tokenizer.json as it is; the
   * class of GPT-2 would build its own, without the rule for digits.
   *
   * @param context the longest sequence, in tokens
   */
  ObjectNode tokenizerConfigJson(int context, GgufMetadata metadata) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("add_prefix_space", false);
    putToken(json, "bos_token", special.begin());
    putToken(json, "eos_token", special.end());
    putToken(json, "pad_token", special.pad());
    putToken(json, "unk_token", special.unknown());
    json.put("clean_up_tokenization_spaces", false);
    json.put("model_max_length", context);
    json.put("tokenizer_class", "PreTrainedTokenizerFast");
    metadata
        .optionalText("tokenizer.chat_template")
        .ifPresent(template -> json.put("chat_template", template));
    return json;
  }

  private static boolean digitsApart(GgufMetadata metadata) {
    String rule = metadata.text(PREFIX + "pre");
    return switch (rule) {
      case "smollm" -> true;
      case "gpt-2" -> false;
      default ->
          throw new AreteException(
              "%s splits text by the rule %s, but only smollm and gpt-2 are imported"
                  .formatted(metadata.file(), Quoted.of(rule)));
    };
  }

  private static Map<String, Integer> idByToken(Path file, List<String> tokens) {
    Map<String, Integer> idByToken = new LinkedHashMap<>();
    for (String token : tokens) {
      if (idByToken.put(token, idByToken.size()) != null) {
        throw new AreteException(
            "%s has the token %s twice; fetch it again".formatted(file, Quoted.of(token)));
      }
    }
    return idByToken;
  }

  private static void requireMerge(Path file, String merge, Map<String, Integer> idByToken) {
    int space = merge.indexOf(' ');
    if (space < 0
        || !idByToken.containsKey(merge.substring(0, space))
        || !idByToken.containsKey(merge.substring(space + 1))
        || !idByToken.containsKey(merge.substring(0, space) + merge.substring(space + 1))) {
      throw new AreteException(
          "%s merges %s, but parts and result must be tokens; fetch it again"
              .formatted(file, Quoted.of(merge)));
    }
  }

  private void putAddedTokens(ArrayNode added) {
    for (int id = 0; id < tokens.size(); id++) {
      long kind = kinds.get(id);
      if (kind == UNKNOWN || kind == CONTROL || kind == USER_DEFINED) {
        added
            .addObject()
            .put("id", id)
            .put("content", tokens.get(id))
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", kind != USER_DEFINED);
      }
    }
  }

  private static void putByteLevel(ObjectNode json) {
    json.put("type", "ByteLevel");
    json.put("add_prefix_space", false);
    json.put("trim_offsets", true);
    json.put("use_regex", true);
  }

  /** A run of bytes that no token has becomes one unknown token, as in transformers' own import. */
  private void putModel(ObjectNode model) {
    model.put("type", "BPE");
    model.putNull("dropout");
    putToken(model, "unk_token", special.unknown());
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", true);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    for (String merge : merges) {
      int space = merge.indexOf(' ');
      pairs.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
    }
  }

  private void putToken(ObjectNode json, String key, OptionalLong id) {
    if (id.isPresent()) {
      json.put(key, tokens.get((int) id.getAsLong()));
    } else if (key.equals("unk_token")) {
      json.putNull(key);
    }
  }
}
