package io.arete.engine.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.text.ChatTemplate;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.ModelFiles;
import io.arete.engine.text.SpecialTokens;
import io.arete.engine.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The token that fills up short texts of a reward model. transformers reads the score at the last
 * token that is not this one. The end of turn, which many models also fill up with, would therefore
 * never be read, though it is where the score was trained: it must be another token.
 *
 * @param id its id
 * @param token its text, if the tokenizer knows it as a special token
 */
record ScorePadding(int id, Optional<String> token) {

  private static final String PAD = "pad_token";
  private static final List<String> NAMED = List.of(PAD, "unk_token", "bos_token");
  private static final List<String> NUMBERED = List.of("pad_token_id", "bos_token_id");
  private static final List<String> TOKENIZER_FILES =
      List.of("tokenizer_config.json", "special_tokens_map.json");

  /**
   * The first that ends no text: the tokenizer's tokens for padding, for the unknown, for the
   * beginning; those that config.json numbers; the vocabulary's last.
   */
  static ScorePadding choose(Path model, int vocabulary) {
    JsonNode config = ModelConfigReader.json(model);
    Set<Integer> ends = new HashSet<>();
    addIds(config.path("eos_token_id"), ends);
    addIds(
        ModelFiles.objectIfPresent(model.resolve("generation_config.json")).path("eos_token_id"),
        ends);
    if (Files.isRegularFile(model.resolve("tokenizer.json"))) {
      Optional<ScorePadding> named = named(model, vocabulary, ends);
      if (named.isPresent()) {
        return named.get();
      }
    }
    for (String key : NUMBERED) {
      JsonNode id = config.path(key);
      if (id.canConvertToInt() && fits(id.asInt(), vocabulary, ends)) {
        return new ScorePadding(id.asInt(), Optional.empty());
      }
    }
    int last = vocabulary - 1;
    while (last > 0 && ends.contains(last)) {
      last--;
    }
    return new ScorePadding(last, Optional.empty());
  }

  /** Adds to {@code ends} what the tokenizer and the template end texts by. */
  private static Optional<ScorePadding> named(Path model, int vocabulary, Set<Integer> ends) {
    Map<String, String> tokens = SpecialTokens.read(model);
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      Optional.ofNullable(tokens.get("eos_token"))
          .ifPresent(text -> tokenizer.idOf(text).ifPresent(ends::add));
      ChatTemplate.find(model)
          .ifPresent(
              template -> ends.add(new ConversationEncoder(template, tokenizer).endOfTurnId()));
      for (String name : NAMED) {
        String text = tokens.get(name);
        if (text != null) {
          int id = tokenizer.idOf(text).orElse(-1);
          if (fits(id, vocabulary, ends)) {
            return Optional.of(new ScorePadding(id, Optional.of(text)));
          }
        }
      }
      return Optional.empty();
    }
  }

  private static boolean fits(int id, int vocabulary, Set<Integer> ends) {
    return id >= 0 && id < vocabulary && !ends.contains(id);
  }

  private static void addIds(JsonNode named, Set<Integer> ids) {
    for (JsonNode id : named.isArray() ? named : List.of(named)) {
      if (id.canConvertToInt()) {
        ids.add(id.intValue());
      }
    }
  }

  /**
   * Makes the tokenizer of a folder fill up with this token, or, if it has no name, with none, so
   * that it refuses to rather than fills up with another.
   */
  void tellTokenizer(Path folder) {
    for (String name : TOKENIZER_FILES) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        ObjectNode config = (ObjectNode) ModelFiles.object(file);
        token.ifPresentOrElse(text -> config.put(PAD, text), () -> config.remove(PAD));
        AtomicFile.write(file, (config.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
