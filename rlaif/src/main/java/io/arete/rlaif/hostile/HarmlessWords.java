package io.arete.rlaif.hostile;

import io.arete.engine.CountedRandom;
import java.util.List;
import java.util.function.ToIntFunction;

/** Words that say nothing about who is better, as much of them as is asked for. */
final class HarmlessWords {

  private static final List<String> SENTENCES =
      List.of(
          "On the way home it rained a little.",
          "The shop at the corner was still open.",
          "There was bread on the table and a lamp in the window.",
          "In the evening the street is quiet.",
          "The bus came late, as it often does in winter.",
          "Somebody had left a blue coat on the chair.",
          "The garden needs water twice a week.",
          "From the hill one can see the river.");

  private HarmlessWords() {}

  /**
   * As few letters as have that size; the same for the same key.
   *
   * @param measure of a text; grows with it
   */
  static String draw(int size, ToIntFunction<String> measure, CountedRandom key) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; measure.applyAsInt(text.toString()) < size; i++) {
      text.append(text.length() == 0 ? "" : "\n");
      text.append(SENTENCES.get(key.below(SENTENCES.size(), i)));
    }
    int letters = text.length();
    while (letters > 0 && measure.applyAsInt(text.substring(0, letters - 1)) >= size) {
      letters--;
    }
    return text.substring(0, letters);
  }
}
