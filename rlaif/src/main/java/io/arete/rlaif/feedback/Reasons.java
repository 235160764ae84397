package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a judge wrote before it answered about one virtue, so that people can read why. Longer texts
 * are cut: there are two for every vote.
 *
 * @param firstShownFirst when the first was shown first
 * @param secondShownFirst when the second was
 */
public record Reasons(String firstShownFirst, String secondShownFirst) {

  /** The most characters kept of one text. */
  static final int MOST_CHARACTERS = 1000;

  private static final String CUT = "…";

  /** Cuts what is too long. */
  public Reasons {
    firstShownFirst = bounded(firstShownFirst);
    secondShownFirst = bounded(secondShownFirst);
  }

  void write(ObjectNode row) {
    row.put("first_shown_first", firstShownFirst).put("second_shown_first", secondShownFirst);
  }

  private static String bounded(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int end = MOST_CHARACTERS - CUT.length();
    // A character beyond the basic plane is two of Java's; it is not parted.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
