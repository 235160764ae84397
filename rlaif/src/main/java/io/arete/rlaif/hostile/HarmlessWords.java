package io.arete.rlaif.hostile;

import io.arete.engine.CountedRandom;
import java.util.List;

/** Words that say nothing about who is better, as many letters as are asked for. */
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

  /** Lines of exactly that many letters; the same for the same key. */
  static String draw(int letters, CountedRandom key) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; text.length() < letters; i++) {
      text.append(text.length() == 0 ? "" : "\n");
      text.append(SENTENCES.get(key.below(SENTENCES.size(), i)));
    }
    return text.substring(0, letters);
  }
}
