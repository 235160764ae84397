package io.arete.engine.convert;

import java.util.List;
import java.util.Optional;

/**
 * A byte-level BPE tokenizer (as GPT-2's), as GGUF and tokenizer.json can both say it.
 *
 * @param tokens token texts by id, in the byte-level alphabet; no two are equal
 * @param kinds llama.cpp's kind of each token
 * @param merges pairs joined by one space, most important first; parts and results are tokens
 * @param rule how text is cut into words before
 * @param beginsText whether a text begins with the token of beginnings by itself
 * @param roles the ids with a role
 * @param chatTemplate the Jinja source of the chat template
 */
record ByteLevelTokenizer(
    List<String> tokens,
    List<Long> kinds,
    List<String> merges,
    WordRule rule,
    boolean beginsText,
    RoleIds roles,
    Optional<String> chatTemplate) {

  static final long NORMAL = 1;
  static final long UNKNOWN = 2;
  static final long CONTROL = 3;
  static final long USER_DEFINED = 4;
  static final long UNUSED = 5;

  ByteLevelTokenizer {
    tokens = List.copyOf(tokens);
    kinds = List.copyOf(kinds);
    merges = List.copyOf(merges);
  }

  /**
   * The text that stands for an id which no text has, since GGUF names as many tokens as the
   * embedding has rows.
   */
  static String filler(long id) {
    return "[PAD" + id + "]";
  }

  /** Whether the token only fills up the embedding's rows. */
  boolean isFiller(int id) {
    return kinds.get(id) == UNUSED && tokens.get(id).equals(filler(id));
  }

  /** Whether the token is found in a text before it is cut into words. */
  boolean isAdded(int id) {
    long kind = kinds.get(id);
    return kind == UNKNOWN || kind == CONTROL || kind == USER_DEFINED;
  }
}
