package io.arete.engine.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.text.ChatTemplate;
import io.arete.engine.text.ModelFiles;
import io.arete.engine.text.SpecialTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads a byte-level BPE tokenizer from a model folder, as far as GGUF can say it: what a file
 * could not say is refused by name.
 */
final class FolderTokenizer {

  private static final List<String> FLAGS_OF_ADDED = List.of("single_word", "lstrip", "rstrip");

  private final Path folder;
  private final Path file;
  private final JsonNode root;
  private final int rows;
  private final Map<String, Integer> ids = new HashMap<>();

  private FolderTokenizer(Path folder, int rows) {
    this.folder = folder;
    this.file = folder.resolve("tokenizer.json");
    this.root = ModelFiles.object(file);
    this.rows = rows;
  }

  /**
   * Reads the tokenizer.
   *
   * @param rows rows of the model's embedding
   * @throws AreteException if it is missing or broken, or of a kind that is not exported
   */
  static ByteLevelTokenizer read(Path folder, int rows) {
    return new FolderTokenizer(folder, rows).tokenizer();
  }

  private ByteLevelTokenizer tokenizer() {
    WordRule rule =
        WordRule.recognise(root.path("pre_tokenizer"))
            .orElseThrow(
                () ->
                    fault(
                        "cuts text into words by the pre_tokenizer "
                            + Quoted.of(root.path("pre_tokenizer").toString()),
                        "one of GPT-2, SmolLM2, Qwen2 or Llama 3"));
    requireByteLevel(rule);
    List<String> tokens = new ArrayList<>(Collections.nCopies(rows, ""));
    List<Long> kinds = new ArrayList<>(Collections.nCopies(rows, ByteLevelTokenizer.UNUSED));
    for (Map.Entry<String, JsonNode> word : root.path("model").path("vocab").properties()) {
      put(word.getKey(), word.getValue(), ByteLevelTokenizer.NORMAL, tokens, kinds);
    }
    for (JsonNode added : root.path("added_tokens")) {
      requirePlain(added);
      long kind =
          added.path("special").asBoolean()
              ? ByteLevelTokenizer.CONTROL
              : ByteLevelTokenizer.USER_DEFINED;
      put(added.path("content").asText(), added.path("id"), kind, tokens, kinds);
    }
    for (int id = 0; id < rows; id++) {
      if (kinds.get(id) == ByteLevelTokenizer.UNUSED) {
        tokens.set(id, ByteLevelTokenizer.filler(id));
      }
    }
    RoleIds roles = roles();
    return new ByteLevelTokenizer(
        tokens, kinds, merges(), rule, beginsText(roles), roles, ChatTemplate.source(folder));
  }

  private void requireByteLevel(WordRule rule) {
    JsonNode model = root.path("model");
    String type = model.path("type").asText("");
    require(
        type.equals("BPE") && model.path("vocab").isObject(),
        "has a model of the type " + Quoted.of(type),
        "BPE");
    for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      require(model.path(affix).asText("").isEmpty(), "sets " + affix, "none");
    }
    require(model.path("dropout").asDouble(0) == 0, "sets dropout", "none");
    require(
        !model.path("byte_fallback").asBoolean(false) || !model.path("vocab").has("<0x00>"),
        "falls back to tokens of bytes",
        "byte-level BPE");
    boolean whole = model.path("ignore_merges").asBoolean(false);
    require(
        whole == rule.wholeWordsFirst(),
        "sets ignore_merges " + whole,
        rule.wholeWordsFirst() + " for words of the kind " + rule.ggufName());
    requireNormalizer(root.path("normalizer"), rule);
  }

  private void requireNormalizer(JsonNode normalizer, WordRule rule) {
    String type = normalizer.path("type").asText("");
    if (type.equals("Sequence")) {
      normalizer.path("normalizers").forEach(inner -> requireNormalizer(inner, rule));
      return;
    }
    require(
        type.isEmpty() || (type.equals("NFC") && rule.composesLetters()),
        "changes text by the normalizer " + Quoted.of(type),
        "none for words of the kind " + rule.ggufName());
  }

  private void requirePlain(JsonNode added) {
    for (String flag : FLAGS_OF_ADDED) {
      require(
          !added.path(flag).asBoolean(false),
          "sets %s for the token %s".formatted(flag, Quoted.of(added.path("content").asText())),
          "false");
    }
  }

  private void put(
      String token, JsonNode number, long kind, List<String> tokens, List<Long> kinds) {
    require(
        number.isIntegralNumber()
            && number.canConvertToInt()
            && number.asInt() >= 0
            && number.asInt() < rows,
        "gives the token %s the id %s".formatted(Quoted.of(token), Quoted.of(number.toString())),
        "0 to %d, the rows of the embedding".formatted(rows - 1));
    int id = number.asInt();
    Integer other = ids.putIfAbsent(token, id);
    boolean sameAgain = other != null && other == id;
    require(
        sameAgain || (other == null && kinds.get(id) == ByteLevelTokenizer.UNUSED),
        "has the token %s or its id %d twice".formatted(Quoted.of(token), id),
        "each once");
    tokens.set(id, token);
    kinds.set(id, kind);
  }

  /** A pair is a list of two, or in older files one text with a space between. */
  private List<String> merges() {
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : root.path("model").path("merges")) {
      String text =
          merge.isArray() && merge.size() == 2
              ? merge.get(0).asText() + " " + merge.get(1).asText()
              : merge.asText();
      int space = text.indexOf(' ');
      require(
          space >= 0
              && text.indexOf(' ', space + 1) < 0
              && ids.containsKey(text.substring(0, space))
              && ids.containsKey(text.substring(space + 1))
              && ids.containsKey(text.substring(0, space) + text.substring(space + 1)),
          "merges " + Quoted.of(merge.toString()),
          "two tokens whose union is one");
      merges.add(text);
    }
    return merges;
  }

  /** Whether the token of beginnings, and nothing else, is put around a text. */
  private boolean beginsText(RoleIds roles) {
    boolean begins = false;
    JsonNode processor = root.path("post_processor");
    List<JsonNode> steps = new ArrayList<>();
    if (processor.path("type").asText().equals("Sequence")) {
      processor.path("processors").forEach(steps::add);
    } else if (processor.isObject()) {
      steps.add(processor);
    }
    for (JsonNode step : steps) {
      String type = step.path("type").asText();
      require(
          type.equals("ByteLevel") || type.equals("TemplateProcessing"),
          "adds tokens to texts by " + Quoted.of(type),
          "ByteLevel or TemplateProcessing");
      begins |= type.equals("TemplateProcessing") && putsBegin(step.path("single"), roles);
    }
    return begins;
  }

  private boolean putsBegin(JsonNode single, RoleIds roles) {
    if (single.size() == 1 && single.get(0).has("Sequence")) {
      return false;
    }
    Integer first = ids.get(single.path(0).path("SpecialToken").path("id").asText(""));
    require(
        single.size() == 2
            && single.get(1).has("Sequence")
            && first != null
            && roles.begin().equals(OptionalLong.of(first)),
        "adds tokens to texts by the template " + Quoted.of(single.toString()),
        "bos_token before the text or nothing");
    return true;
  }

  /** As llama.cpp's converter: the tokenizer's own names first, then the ids of config.json. */
  private RoleIds roles() {
    Map<String, String> named = SpecialTokens.read(folder);
    JsonNode config = ModelFiles.objectIfPresent(folder.resolve("config.json"));
    return new RoleIds(
        role("bos", named, config),
        role("eos", named, config),
        role("unk", named, config),
        role("pad", named, config));
  }

  private OptionalLong role(String role, Map<String, String> named, JsonNode config) {
    String token = named.get(role + "_token");
    if (token != null) {
      Integer id = ids.get(token);
      if (id == null) {
        throw new AreteException(
            "%s names %s as %s_token, but %s has no such token"
                .formatted(folder, Quoted.of(token), role, file));
      }
      return OptionalLong.of(id);
    }
    JsonNode number = config.path(role + "_token_id");
    // Several ends are a list; the first is the one that ends a turn or a text.
    JsonNode first = number.isArray() ? number.path(0) : number;
    boolean known = first.canConvertToInt() && first.isIntegralNumber();
    return known && first.asInt() >= 0 && first.asInt() < rows
        ? OptionalLong.of(first.asInt())
        : OptionalLong.empty();
  }

  private void require(boolean holds, String found, String needed) {
    if (!holds) {
      throw fault(found, needed);
    }
  }

  private AreteException fault(String found, String needed) {
    return new AreteException(
        "%s %s, but the export to GGUF needs %s".formatted(file, found, needed));
  }
}
