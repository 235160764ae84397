package io.arete.world.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts as words and punctuation marks: what the world's parser compares. */
public final class Words {

  private static final Pattern WORD =
      Pattern.compile(
          "'s(?![\\p{L}\\p{N}])|[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*|[^\\s\\p{L}\\p{N}]");

  private Words() {}

  /**
   * The words and marks of a text, in order. A genitive's ending is a word of its own, and so is
   * every punctuation mark; blanks only part them.
   */
  public static List<String> of(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }

  /** Whether {@code part} stands in {@code words} at that place. */
  public static boolean at(List<String> words, int place, List<String> part) {
    return place >= 0
        && place + part.size() <= words.size()
        && words.subList(place, place + part.size()).equals(part);
  }
}
