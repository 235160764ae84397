package io.arete.rlaif.attack.prompt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a request's letters are written, so that a filter of words does not find them. */
public enum Encoding {
  /** As they are. */
  PLAIN {
    @Override
    public String of(String text) {
      return text;
    }
  },
  /** Base64 of the UTF-8 bytes. */
  BASE64 {
    @Override
    public String of(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  },
  /** Latin letters moved by thirteen places. */
  ROT13 {
    @Override
    public String of(String text) {
      return text.chars().mapToObj(Encoding::moved).collect(Collectors.joining());
    }
  },
  /** Backwards, by code points. */
  REVERSED {
    @Override
    public String of(String text) {
      return new StringBuilder(text).reverse().toString();
    }
  },
  /** Some letters as the digits that look like them. */
  DIGITS {
    @Override
    public String of(String text) {
      return text.chars().mapToObj(Encoding::alike).collect(Collectors.joining());
    }
  },
  /** A blank between all characters. */
  SPACED {
    @Override
    public String of(String text) {
      return text.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
    }
  };

  private static final String LETTERS = "aeiost";
  private static final String DIGITS_ALIKE = "431057";

  /** The text, written so. */
  public abstract String of(String text);

  /** The name in files. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String moved(int letter) {
    if (letter >= 'a' && letter <= 'z') {
      return String.valueOf((char) ('a' + (letter - 'a' + 13) % 26));
    }
    if (letter >= 'A' && letter <= 'Z') {
      return String.valueOf((char) ('A' + (letter - 'A' + 13) % 26));
    }
    return String.valueOf((char) letter);
  }

  private static String alike(int letter) {
    int place = LETTERS.indexOf(Character.toLowerCase(letter));
    return String.valueOf(place < 0 ? (char) letter : DIGITS_ALIKE.charAt(place));
  }
}
