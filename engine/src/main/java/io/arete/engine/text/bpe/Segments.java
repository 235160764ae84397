package io.arete.engine.text.bpe;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Each distinct word as the tokens that it consists of so far; at first, its bytes. */
final class Segments {

  private final int[][] words;
  private final int[] lengths;
  private final long[] counts;

  /**
   * The words as bytes.
   *
   * @param firstByteId the id of the first letter of the alphabet
   */
  Segments(Map<String, Long> wordCounts, int firstByteId) {
    this.words = new int[wordCounts.size()][];
    this.lengths = new int[words.length];
    this.counts = new long[words.length];
    int word = 0;
    for (Map.Entry<String, Long> entry : wordCounts.entrySet()) {
      byte[] bytes = entry.getKey().getBytes(StandardCharsets.UTF_8);
      int[] ids = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        ids[i] = firstByteId + ByteAlphabet.rank(bytes[i]);
      }
      words[word] = ids;
      lengths[word] = ids.length;
      counts[word++] = entry.getValue();
    }
  }

  /** Adds all neighbors of all words. */
  void countInto(Pairs pairs) {
    for (int word = 0; word < words.length; word++) {
      for (int i = 0; i + 1 < lengths[word]; i++) {
        pairs.add(words[word][i], words[word][i + 1], counts[word], word);
      }
    }
  }

  /** Merges a pair in one word, from left to right, and tells which neighbors came and went. */
  void merge(Merge merge, int word, Pairs pairs) {
    int[] ids = words[word];
    int length = lengths[word];
    long count = counts[word];
    int to = 0;
    int from = 0;
    while (from < length) {
      boolean found =
          from + 1 < length && ids[from] == merge.left() && ids[from + 1] == merge.right();
      if (!found) {
        ids[to++] = ids[from++];
        continue;
      }
      pairs.remove(merge.left(), merge.right(), count);
      if (to > 0) {
        pairs.remove(ids[to - 1], merge.left(), count);
        pairs.add(ids[to - 1], merge.result(), count, word);
      }
      from += 2;
      if (from < length) {
        pairs.remove(merge.right(), ids[from], count);
        pairs.add(merge.result(), ids[from], count, word);
      }
      ids[to++] = merge.result();
    }
    lengths[word] = to;
  }
}
