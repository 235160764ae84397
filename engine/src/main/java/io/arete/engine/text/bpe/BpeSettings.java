package io.arete.engine.text.bpe;

import io.arete.engine.AreteException;

/**
 * When training ends.
 *
 * @param vocabularySize the number of tokens to reach, special tokens and the 256 bytes included
 * @param minimumFrequency a pair that stands less often in the texts is not merged; at least 1
 */
public record BpeSettings(int vocabularySize, long minimumFrequency) {

  /** More tokens than a model that fits into memory has. */
  private static final int MAX_SIZE = 1 << 20;

  /**
   * Checks the settings.
   *
   * @throws AreteException if the size is not in 256 … 2^20 or the frequency is below 1
   */
  public BpeSettings {
    if (vocabularySize < ByteAlphabet.SIZE || vocabularySize > MAX_SIZE) {
      throw new AreteException(
          "The vocabulary size is %d but must lie in %d to %d; for small models take 1000 to 8000."
              .formatted(vocabularySize, ByteAlphabet.SIZE, MAX_SIZE));
    }
    if (minimumFrequency < 1) {
      throw new AreteException(
          "The minimum frequency of a pair is %d but must be at least 1; take 2."
              .formatted(minimumFrequency));
    }
  }
}
