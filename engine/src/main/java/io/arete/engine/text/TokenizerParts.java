package io.arete.engine.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parts of a tokenizer.json that are handed on to the tokenizer library. Where one of them
 * contradicts itself, the library ends the whole process instead of failing, or takes all time and
 * memory; such files are refused before.
 */
final class TokenizerParts {

  private static final Set<String> NORMALIZERS =
      new TreeSet<>(
          Set.of(
              "NFC",
              "NFD",
              "NFKC",
              "NFKD",
              "Lowercase",
              "Prepend",
              "ByteLevel",
              "Replace",
              "Strip",
              "StripAccents",
              "Nmt",
              "BertNormalizer"));

  /** Those that may leave nothing of a text that is not empty. */
  private static final Set<String> REMOVERS =
      Set.of("Strip", "StripAccents", "Nmt", "BertNormalizer");

  private static final Set<String> PRE_TOKENIZERS =
      new TreeSet<>(
          Set.of(
              "ByteLevel",
              "Split",
              "Digits",
              "Metaspace",
              "Whitespace",
              "WhitespaceSplit",
              "Punctuation",
              "BertPreTokenizer",
              "CharDelimiterSplit",
              "UnicodeScripts"));

  private static final Set<String> POST_PROCESSORS =
      new TreeSet<>(
          Set.of("ByteLevel", "TemplateProcessing", "RobertaProcessing", "BertProcessing"));

  private static final Set<String> DECODERS =
      new TreeSet<>(
          Set.of(
              "ByteLevel",
              "Metaspace",
              "Replace",
              "ByteFallback",
              "Fuse",
              "Strip",
              "WordPiece",
              "BPEDecoder",
              "CTC"));

  private static final int MAX_PARTS = 64;

  /** What replacing may make of each letter, over all replacements. */
  private static final long MAX_GROWTH = 256;

  private static final int MAX_TEXT = 64;
  private static final int MAX_CUT = 64;

  private final Path file;
  private final JsonNode tokenizer;
  private int parts;
  private int adders;
  private long growth = 1;
  private boolean removes;

  private TokenizerParts(Path file, JsonNode tokenizer) {
    this.file = file;
    this.tokenizer = tokenizer;
  }

  /**
   * Checks the parts of a tokenizer.json.
   *
   * @throws AreteException naming the first that the library could not bear
   */
  static void check(Path file, JsonNode tokenizer) {
    new TokenizerParts(file, tokenizer).check();
  }

  private void check() {
    forEach("normalizer", "normalizers", NORMALIZERS, this::normalizer);
    forEach("pre_tokenizer", "pretokenizers", PRE_TOKENIZERS, this::preTokenizer);
    forEach("post_processor", "processors", POST_PROCESSORS, this::postProcessor);
    growth = 1;
    forEach("decoder", "decoders", DECODERS, this::decoder);
    JsonNode model = tokenizer.path("model");
    if (model.has("merges") && !isEmptyText(model.path("continuing_subword_prefix"))) {
      throw fault(
          "the continuing_subword_prefix " + written(model.path("continuing_subword_prefix")),
          "merges without one");
    }
    for (JsonNode token : tokenizer.path("added_tokens")) {
      if (removes && token.path("normalized").asBoolean(true)) {
        throw fault(
            "the added token " + written(token.path("content")) + ", which is normalized",
            "added tokens that are not, beside a normalizer that removes letters");
      }
    }
  }

  private interface PartCheck {
    void check(String type, JsonNode part);
  }

  private void forEach(String key, String listKey, Set<String> allowed, PartCheck check) {
    JsonNode part = tokenizer.path(key);
    if (!part.isMissingNode() && !part.isNull()) {
      visit(key, part, listKey, allowed, check);
    }
  }

  private void visit(
      String key, JsonNode part, String listKey, Set<String> allowed, PartCheck check) {
    if (++parts > MAX_PARTS) {
      throw fault("more than " + MAX_PARTS + " parts", "fewer");
    }
    JsonNode type = part.path("type");
    if (type.asText().equals("Sequence")) {
      part.path(listKey).forEach(inner -> visit(key, inner, listKey, allowed, check));
    } else if (type.isTextual() && allowed.contains(type.textValue())) {
      check.check(type.textValue(), part);
    } else {
      throw fault(key + " " + written(type), "Sequence, " + String.join(", ", allowed));
    }
  }

  private void normalizer(String type, JsonNode part) {
    removes |= REMOVERS.contains(type);
    if (type.equals("Replace")) {
      replace(part);
    }
    if (type.equals("Prepend")) {
      requireShort("prepend", part.path("prepend"));
    }
  }

  private void preTokenizer(String type, JsonNode part) {
    if (type.equals("Split")) {
      pattern(part.path("pattern"));
    }
  }

  private void decoder(String type, JsonNode part) {
    if (type.equals("Replace")) {
      replace(part);
    }
    if (type.equals("Strip")) {
      requireCut(part.path("start"), MAX_CUT, "start");
      // More than a token has would be taken from it.
      requireCut(part.path("stop"), 0, "stop");
    }
  }

  private void replace(JsonNode part) {
    JsonNode content = part.path("content");
    requireShort("content", content);
    // Between all letters there is an empty text; what is put there upsets the library's counting.
    String replaced = part.path("pattern").path("String").asText();
    if (replaced.isEmpty()) {
      throw fault(
          "the replaced pattern " + written(part.path("pattern")), "a String that is not empty");
    }
    removes |= content.asText().isEmpty();
    growth *= 1 + content.asText().length();
    if (growth > MAX_GROWTH) {
      throw fault(
          "replacements that make more than " + MAX_GROWTH + " letters of one", "shorter ones");
    }
  }

  private void requireShort(String key, JsonNode text) {
    if (!text.isTextual() || text.textValue().length() > MAX_TEXT) {
      throw fault(key + " " + written(text), "texts of at most " + MAX_TEXT + " letters there");
    }
  }

  private void requireCut(JsonNode count, int most, String key) {
    if (!count.isIntegralNumber() || !count.canConvertToInt() || count.intValue() > most) {
      throw fault("a Strip decoder with " + key + " " + written(count), key + " 0 to " + most);
    }
  }

  private void pattern(JsonNode pattern) {
    JsonNode expression = pattern.path("Regex");
    if (expression.isTextual()) {
      SplitPattern.fault(expression.textValue())
          .ifPresent(
              reason -> {
                throw fault(
                    "the pattern " + written(expression) + " with " + reason,
                    "patterns that are sure to end soon");
              });
    } else if (pattern.path("String").asText().isEmpty()) {
      throw fault("the pattern " + written(pattern), "a Regex, or a String that is not empty");
    }
  }

  /** A template must place the text once, and tokens that it explains. */
  private void postProcessor(String type, JsonNode part) {
    if (!type.equals("ByteLevel") && ++adders > 1) {
      throw fault("several post_processors that add tokens", "one");
    }
    if (!type.equals("TemplateProcessing")) {
      return;
    }
    JsonNode known = part.path("special_tokens");
    if (part.path("single").size() + part.path("pair").size() > MAX_PARTS) {
      throw fault("a template of more than " + MAX_PARTS + " pieces", "shorter ones");
    }
    int texts = 0;
    for (JsonNode piece : part.path("single")) {
      texts += piece.path("Sequence").path("id").asText().equals("A") ? 1 : 0;
      requireKnown(piece, known, "A");
    }
    for (JsonNode piece : part.path("pair")) {
      requireKnown(piece, known, "B");
    }
    if (texts != 1) {
      throw fault("a template that places the text " + texts + " times", "once");
    }
  }

  private void requireKnown(JsonNode piece, JsonNode known, String last) {
    JsonNode token = piece.path("SpecialToken").path("id");
    String text = piece.path("Sequence").path("id").asText();
    boolean explained = token.isTextual() && known.path(token.textValue()).isObject();
    if (!explained && !text.equals("A") && !text.equals(last)) {
      throw fault("a template with the piece " + written(piece), "the text and special_tokens");
    }
  }

  private static boolean isEmptyText(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isEmpty());
  }

  private static String written(JsonNode node) {
    return node.isMissingNode() ? "(missing)" : Quoted.line(node.toString());
  }

  private AreteException fault(String found, String allowed) {
    return new AreteException(
        "The file %s has %s, but what is read here is %s; use a model with another tokenizer."
            .formatted(file, found, allowed));
  }
}
