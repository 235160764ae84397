package io.arete.engine.text.bpe;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each distinct word stands in the texts: all that training needs to know of them. Texts
 * are read once and not kept.
 *
 * <p>Memory is bounded: when the words' share of it, with all that training makes of them, is
 * estimated above the bound, the rarest are forgotten until half of it is free. Where that happens
 * the result depends on the order of the texts a little; {@link #forgotten()} says how much was
 * lost.
 */
public final class WordCounts {

  /** A million words of eight letters. */
  private static final long MAX_BYTES = 256L << 20;

  // A hash table's entry with key and count; a letter's symbol and its places in lists of pairs.
  private static final long BYTES_A_WORD = 128;
  private static final long BYTES_A_LETTER = 16;

  private final SpecialTokenSet specialTokens;
  private final WordSplitter splitter;
  private final long maxBytes;
  private final Map<String, Long> counts = new HashMap<>();
  private long bytes;
  private long forgotten;

  private WordCounts(SpecialTokenSet specialTokens, long maxBytes) {
    this.specialTokens = specialTokens;
    this.splitter = new WordSplitter(specialTokens);
    this.maxBytes = maxBytes;
  }

  /**
   * Counts the words of all texts.
   *
   * @param texts read one after the other, once
   * @param specialTokens cut out of the texts, as the encoder does
   */
  public static WordCounts of(Iterable<String> texts, SpecialTokenSet specialTokens) {
    return of(texts, specialTokens, MAX_BYTES);
  }

  static WordCounts of(Iterable<String> texts, SpecialTokenSet specialTokens, long maxBytes) {
    WordCounts words = new WordCounts(specialTokens, maxBytes);
    for (String text : texts) {
      words.splitter.split(text, words::add);
    }
    return words;
  }

  /** How many occurrences of words were forgotten to save memory; 0 unless texts are huge. */
  public long forgotten() {
    return forgotten;
  }

  SpecialTokenSet specialTokens() {
    return specialTokens;
  }

  /** The distinct words, in no order, and how often each was seen. */
  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  private void add(String word) {
    if (counts.merge(word, 1L, Long::sum) == 1) {
      bytes += bytesFor(word);
      if (bytes > maxBytes) {
        forgetRarest();
      }
    }
  }

  private void forgetRarest() {
    for (long rare = 1; bytes > maxBytes / 2; rare *= 2) {
      long tooRare = rare;
      counts.entrySet().removeIf(entry -> forgets(entry, tooRare));
    }
  }

  private boolean forgets(Map.Entry<String, Long> entry, long tooRare) {
    if (entry.getValue() > tooRare) {
      return false;
    }
    bytes -= bytesFor(entry.getKey());
    forgotten += entry.getValue();
    return true;
  }

  private static long bytesFor(String word) {
    return BYTES_A_WORD + BYTES_A_LETTER * word.length();
  }
}
