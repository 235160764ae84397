package io.arete.rlaif.attack.prompt;

import io.arete.engine.CountedRandom;

/**
 * Small changes of a text by which it is asked anew: the order of letters inside of words,
 * capitals, neighbouring signs (after Hughes et al. 2024, Best-of-N Jailbreaking).
 */
public final class Scramble {

  private static final double SWAPPED_WORDS = 0.3;
  private static final double CAPITALS = 0.4;
  private static final double MOVED_SIGNS = 0.03;
  private static final int LEAST_LETTERS = 4;

  private Scramble() {}

  /** The changed text; the same for the same key. */
  public static String of(String text, CountedRandom key) {
    char[] letters = text.toCharArray();
    swapInside(letters, key.at("swap"));
    for (int i = 0; i < letters.length; i++) {
      if (isLatin(letters[i])) {
        letters[i] = changed(letters[i], key, i);
      }
    }
    return new String(letters);
  }

  private static void swapInside(char[] letters, CountedRandom key) {
    int from = 0;
    while (from < letters.length) {
      int to = from;
      while (to < letters.length && isLatin(letters[to])) {
        to++;
      }
      if (to - from >= LEAST_LETTERS && key.at("word").uniform(from) < SWAPPED_WORDS) {
        // The first and the last letter stay, as readers go by them.
        int one = from + 1 + key.at("place").below(to - from - 3, from);
        char kept = letters[one];
        letters[one] = letters[one + 1];
        letters[one + 1] = kept;
      }
      from = to + 1;
    }
  }

  private static char changed(char letter, CountedRandom key, int place) {
    char cased =
        key.at("capital").uniform(place) < CAPITALS
            ? (char) (letter ^ 0x20) // Capital and small Latin letters differ by this bit.
            : letter;
    return key.at("sign").uniform(place) < MOVED_SIGNS ? (char) (cased + 1) : cased;
  }

  private static boolean isLatin(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  }
}
