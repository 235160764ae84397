package io.arete.engine.text.bpe;

import java.util.List;

/**
 * A trained byte-level BPE tokenizer.
 *
 * @param specialTokens the first ids
 * @param tokens every token's text by id, special tokens included; bytes are written in GPT-2's
 *     letters (a space is Ġ)
 * @param merges the rules, in the order in which the encoder prefers them
 */
public record ByteLevelBpe(SpecialTokenSet specialTokens, List<String> tokens, List<Merge> merges) {

  /** Copies the lists. */
  public ByteLevelBpe {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }
}
