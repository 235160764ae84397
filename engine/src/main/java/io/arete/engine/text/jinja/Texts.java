package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Text as Python sees it: white space, lines, case and parts by code point. */
final class Texts {

  private static final int SHOWN_LENGTH = 40;

  private Texts() {}

  /** A name or text short enough for a message. */
  static String shortened(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
  }

  /** What Python's {@code str.isspace} calls white space. */
  static boolean isSpace(int point) {
    return (point >= 9 && point <= 13)
        || (point >= 28 && point <= 32)
        || point == 0x85
        || point == 0xa0
        || point == 0x1680
        || (point >= 0x2000 && point <= 0x200a)
        || point == 0x2028
        || point == 0x2029
        || point == 0x202f
        || point == 0x205f
        || point == 0x3000;
  }

  static int skipSpace(String text, int from) {
    int position = Math.min(from, text.length());
    while (position < text.length() && isSpace(text.charAt(position))) {
      position++;
    }
    return position;
  }

  /** Takes the letters that fit from the left end, the right end or both. */
  static String strip(String text, IntPredicate goes, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && goes.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  static String join(Interpreter in, String separator, List<String> parts) {
    long length = (long) separator.length() * Math.max(0, parts.size() - 1);
    for (String part : parts) {
      length += part.length();
    }
    in.budget().text(length);
    return String.join(separator, parts);
  }

  /** Replaces up to that many occurrences, all of them if negative. */
  static String replace(Interpreter in, String text, String old, String fresh, long count) {
    in.budget().search(text.length(), old.length());
    long limit = count < 0 ? Long.MAX_VALUE : count;
    if (old.isEmpty()) {
      return insertEverywhere(in, text, fresh, limit);
    }
    long found = 0;
    for (int at = text.indexOf(old); at >= 0 && found < limit; found++) {
      at = text.indexOf(old, at + old.length());
    }
    in.budget().text(text.length() + found * (fresh.length() - old.length()));
    StringBuilder replaced = new StringBuilder();
    int start = 0;
    for (long i = 0; i < found; i++) {
      int at = text.indexOf(old, start);
      replaced.append(text, start, at).append(fresh);
      start = at + old.length();
    }
    return replaced.append(text, start, text.length()).toString();
  }

  private static String insertEverywhere(Interpreter in, String text, String fresh, long limit) {
    in.budget().text(text.length() + (text.length() + 1L) * fresh.length());
    StringBuilder replaced = new StringBuilder();
    long inserted = 0;
    for (int i = 0; i < text.length(); ) {
      if (inserted++ < limit) {
        replaced.append(fresh);
      }
      int point = text.codePointAt(i);
      replaced.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return inserted < limit ? replaced.append(fresh).toString() : replaced.toString();
  }

  /** Python's {@code splitlines}: no empty line after the last break. */
  static List<String> lines(Interpreter in, String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    in.budget().text(text.length());
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLineBreak(text.charAt(i))) {
        int end = i;
        if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        in.budget().elements(1);
        lines.add(text.substring(start, keepEnds ? i + 1 : end));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /** Upper case after every character that is no letter, lower case after letters. */
  static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      title.appendCodePoint(inWord ? Character.toLowerCase(point) : Character.toTitleCase(point));
      inWord = Character.isLetter(point);
      i += Character.charCount(point);
    }
    return title.toString();
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return upper(text.substring(0, first)) + lower(text.substring(first));
  }

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Order by code point. */
  static int compare(String first, String second) {
    int length = Math.min(first.length(), second.length());
    for (int i = 0; i < length; i++) {
      char left = first.charAt(i);
      char right = second.charAt(i);
      if (left != right) {
        boolean surrogates = Character.isSurrogate(left) != Character.isSurrogate(right);
        return surrogates ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
      }
    }
    return Integer.compare(first.length(), second.length());
  }

  private static boolean isLineBreak(char letter) {
    return (letter >= 10 && letter <= 13)
        || (letter >= 28 && letter <= 30)
        || letter == 0x85
        || letter == 0x2028
        || letter == 0x2029;
  }
}
