package io.arete.engine.text.bpe;

import java.util.Comparator;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts a text as the encoder will before it merges: first at special tokens, then into words by
 * GPT-2's rule. Merges never cross a cut.
 *
 * <p>What is a letter or a number is Unicode's to say, in the version of this Java; the encoder may
 * know another one. Then counts in training are off for the newest letters; ids are not, for the
 * encoder alone gives them.
 */
final class WordSplitter {

  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d"
              + "| ?\\p{L}+"
              + "| ?\\p{N}+"
              + "| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
              + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})"
              + "|\\p{IsWhite_Space}+");

  /** Matches nothing where there are no special tokens. */
  private final Pattern special;

  WordSplitter(SpecialTokenSet tokens) {
    // The encoder takes the longest of several that begin at one place.
    String longestFirst =
        tokens.texts().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    this.special = Pattern.compile(longestFirst.isEmpty() ? "(?!)" : longestFirst);
  }

  /** Hands on the words of a text in order; joined, they are the text without special tokens. */
  void split(String text, Consumer<String> word) {
    for (String part : special.split(text, -1)) {
      Matcher words = WORD.matcher(part);
      while (words.find()) {
        word.accept(words.group());
      }
    }
  }
}
