package io.arete.engine.text.bpe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A tokenizer as the {@code tokenizer.json} of the Hugging Face library {@code tokenizers}. */
final class TokenizerJson {

  private TokenizerJson() {}

  static ObjectNode of(ByteLevelBpe bpe) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0");
    json.putNull("truncation");
    json.putNull("padding");
    putAddedTokens(json.putArray("added_tokens"), bpe.specialTokens().texts());
    json.putNull("normalizer");
    putByteLevel(json.putObject("pre_tokenizer"));
    json.putNull("post_processor");
    putByteLevel(json.putObject("decoder"));
    putModel(json.putObject("model"), bpe);
    return json;
  }

  private static void putAddedTokens(ArrayNode added, List<String> texts) {
    for (String text : texts) {
      added
          .addObject()
          .put("id", added.size() - 1)
          .put("content", text)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
  }

  /** Words by GPT-2's rule, as {@link WordSplitter}. */
  private static void putByteLevel(ObjectNode json) {
    json.put("type", "ByteLevel");
    json.put("add_prefix_space", false);
    json.put("trim_offsets", true);
    json.put("use_regex", true);
  }

  /** No unknown token and no fallback: every byte is a token. */
  private static void putModel(ObjectNode model, ByteLevelBpe bpe) {
    model.put("type", "BPE");
    model.putNull("dropout");
    model.putNull("unk_token");
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
    List<String> tokens = bpe.tokens();
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode merges = model.putArray("merges");
    for (Merge merge : bpe.merges()) {
      merges.addArray().add(tokens.get(merge.left())).add(tokens.get(merge.right()));
    }
  }
}
