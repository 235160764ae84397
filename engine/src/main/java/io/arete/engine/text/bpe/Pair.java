package io.arete.engine.text.bpe;

import java.util.Arrays;

/** Two tokens that stand side by side somewhere in the words. */
final class Pair {

  private static final int FIRST_WORDS = 4;

  final int left;
  final int right;

  /** How often the pair stands in the texts now. */
  long count;

  private int[] words = new int[FIRST_WORDS];
  private int size;

  Pair(int left, int right) {
    this.left = left;
    this.right = right;
  }

  /** Notes a word that the pair stands in; it may leave the word later without a note. */
  void standsIn(int word) {
    if (size > 0 && words[size - 1] == word) {
      return;
    }
    if (size == words.length) {
      words = Arrays.copyOf(words, size + size / 2);
    }
    words[size++] = word;
  }

  /** Every word that holds the pair, and some that held it. */
  int[] words() {
    return Arrays.copyOf(words, size);
  }
}
