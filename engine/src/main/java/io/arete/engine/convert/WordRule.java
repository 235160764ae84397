package io.arete.engine.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How text is cut into words before bytes are merged: what GGUF says by the name {@code
 * tokenizer.ggml.pre} and tokenizer.json by its {@code pre_tokenizer}.
 */
enum WordRule {
  /** GPT-2's words. */
  GPT_2("gpt-2"),

  /** GPT-2's words, each digit apart. */
  SMOLLM("smollm"),

  /** Words of Qwen2 and Qwen3, each digit apart, letters in Unicode's composed form. */
  QWEN2("qwen2"),

  /** Words of Llama 3, up to three digits together; a whole word that is a token is not merged. */
  LLAMA_BPE("llama-bpe");

  private static final String USE_REGEX = "use_regex";

  /** Says how far a token's place in the text reaches, never which ids come out. */
  private static final String TRIM_OFFSETS = "trim_offsets";

  private final String ggufName;

  WordRule(String ggufName) {
    this.ggufName = ggufName;
  }

  /** The rule with that name of llama.cpp's. */
  static Optional<WordRule> named(String ggufName) {
    return Arrays.stream(values()).filter(rule -> rule.ggufName.equals(ggufName)).findFirst();
  }

  /** The rule that a {@code pre_tokenizer} of tokenizer.json states, if it is one of these. */
  static Optional<WordRule> recognise(JsonNode preTokenizer) {
    List<JsonNode> stated = new ArrayList<>();
    flatten(preTokenizer, stated);
    return Arrays.stream(values()).filter(rule -> rule.steps().equals(stated)).findFirst();
  }

  /** llama.cpp's name. */
  String ggufName() {
    return ggufName;
  }

  /** The {@code pre_tokenizer} of tokenizer.json. */
  ObjectNode preTokenizer() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    ArrayNode list = json.putArray("pretokenizers");
    for (JsonNode step : steps()) {
      ObjectNode copy = step.deepCopy();
      if (copy.has(USE_REGEX)) {
        copy.put(TRIM_OFFSETS, true);
      }
      list.add(copy);
    }
    return json;
  }

  /**
   * Whether text is brought into Unicode's form C first (by tokenizer.json; llama.cpp does not).
   */
  boolean composesLetters() {
    return this == QWEN2;
  }

  /** Whether a word that is a token as it stands is taken without merging. */
  boolean wholeWordsFirst() {
    return this == LLAMA_BPE;
  }

  /** Whether a text begins with the token of beginnings unless the file says otherwise. */
  boolean beginsByDefault() {
    return this == LLAMA_BPE;
  }

  private List<JsonNode> steps() {
    return switch (this) {
      case GPT_2 -> List.of(byteLevel(true));
      case SMOLLM -> List.of(digitsApart(), byteLevel(true));
      case QWEN2 -> List.of(split(words("\\p{N}")), byteLevel(false));
      case LLAMA_BPE -> List.of(split(words("\\p{N}{1,3}")), byteLevel(false));
    };
  }

  private static void flatten(JsonNode step, List<JsonNode> into) {
    if (step.path("type").asText().equals("Sequence")) {
      step.path("pretokenizers").forEach(inner -> flatten(inner, into));
    } else if (step instanceof ObjectNode object) {
      ObjectNode copy = object.deepCopy();
      copy.remove(TRIM_OFFSETS);
      if (copy.path("type").asText().equals("ByteLevel") && !copy.has(USE_REGEX)) {
        copy.put(USE_REGEX, true);
      }
      into.add(copy);
    }
  }

  private static ObjectNode byteLevel(boolean withRegex) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("use_regex", withRegex);
  }

  private static ObjectNode digitsApart() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "Digits")
        .put("individual_digits", true);
  }

  private static ObjectNode split(String expression) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "Split");
    json.putObject("pattern").put("Regex", expression);
    return json.put("behavior", "Isolated").put("invert", false);
  }

  private static String words(String digits) {
    return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + digits
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }
}
