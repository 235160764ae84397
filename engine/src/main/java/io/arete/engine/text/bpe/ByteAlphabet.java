package io.arete.engine.text.bpe;

import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2's letters for bytes: a printable byte is its own Latin-1 letter, the others are U+0100 and
 * following in the order of the bytes. So a token of any bytes can be written as text.
 */
final class ByteAlphabet {

  static final int SIZE = 256;

  private static final char FIRST_SUBSTITUTE = 0x100;
  private static final char[] LETTERS = letters();
  private static final int[] RANKS = ranks();

  private ByteAlphabet() {}

  /** The letters in the order of their code points, which is the order of their ids. */
  static List<String> inOrder() {
    String[] order = new String[SIZE];
    for (int value = 0; value < SIZE; value++) {
      order[RANKS[value]] = String.valueOf(LETTERS[value]);
    }
    return List.of(order);
  }

  /** The place of a byte's letter in {@link #inOrder}. */
  static int rank(byte value) {
    return RANKS[value & 0xFF];
  }

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xA1 && value <= 0xFF && value != 0xAD); // U+00AD is the soft hyphen
  }

  private static char[] letters() {
    char[] letters = new char[SIZE];
    char substitute = FIRST_SUBSTITUTE;
    for (int value = 0; value < SIZE; value++) {
      letters[value] = isPrintable(value) ? (char) value : substitute++;
    }
    return letters;
  }

  /** Printable bytes keep their order and stand before all substitutes. */
  private static int[] ranks() {
    List<Integer> order = new ArrayList<>();
    for (int value = 0; value < SIZE; value++) {
      if (isPrintable(value)) {
        order.add(value);
      }
    }
    for (int value = 0; value < SIZE; value++) {
      if (!isPrintable(value)) {
        order.add(value);
      }
    }
    int[] ranks = new int[SIZE];
    for (int rank = 0; rank < SIZE; rank++) {
      ranks[order.get(rank)] = rank;
    }
    return ranks;
  }
}
