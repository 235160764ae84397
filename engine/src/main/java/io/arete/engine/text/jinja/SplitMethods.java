package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The methods of Python strings that cut a string into parts. */
final class SplitMethods {

  private SplitMethods() {}

  static Object split(Interpreter in, String text, Arguments given) {
    return split(in, text, given.bind("split()", "sep", "maxsplit"), false);
  }

  static Object rightSplit(Interpreter in, String text, Arguments given) {
    return split(in, text, given.bind("rsplit()", "sep", "maxsplit"), true);
  }

  static Object lines(Interpreter in, String text, Arguments given) {
    boolean keepEnds = given.bind("splitlines()", "keepends").flag("keepends", false);
    return new ArrayList<Object>(Texts.lines(in, text, keepEnds));
  }

  static Object partition(Interpreter in, String text, Arguments given) {
    String separator = separator(given.bind("partition()", "sep").text("sep"));
    in.budget().search(text.length(), separator.length());
    int at = text.indexOf(separator);
    return at < 0 ? parts(text, "", "") : parts(text, at, separator);
  }

  static Object rightPartition(Interpreter in, String text, Arguments given) {
    String separator = separator(given.bind("rpartition()", "sep").text("sep"));
    in.budget().search(text.length(), separator.length());
    int at = text.lastIndexOf(separator);
    return at < 0 ? parts("", "", text) : parts(text, at, separator);
  }

  private static Tuple parts(String text, int at, String separator) {
    return parts(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  private static Tuple parts(String before, String separator, String after) {
    return new Tuple(List.of(before, separator, after));
  }

  private static String separator(String separator) {
    if (separator.isEmpty()) {
      throw new TemplateFault("a string cannot be split at an empty separator");
    }
    return separator;
  }

  private static Object split(
      Interpreter in, String text, Arguments.Bound bound, boolean fromRight) {
    int limit = bound.integerOr("maxsplit", -1);
    int splits = limit < 0 ? Integer.MAX_VALUE : limit;
    if (bound.or("sep", None.NONE) == None.NONE) {
      return fromRight ? wordsFromRight(in, text, splits) : words(in, text, splits);
    }
    String separator = separator(bound.text("sep"));
    in.budget().search(text.length(), separator.length());
    return fromRight
        ? splitFromRight(in, text, separator, splits)
        : splitFromLeft(in, text, separator, splits);
  }

  private static List<Object> splitFromLeft(
      Interpreter in, String text, String separator, int splits) {
    List<Object> parts = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf(separator);
        at >= 0 && parts.size() < splits;
        at = text.indexOf(separator, start)) {
      in.budget().elements(1);
      parts.add(text.substring(start, at));
      start = at + separator.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static List<Object> splitFromRight(
      Interpreter in, String text, String separator, int splits) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    while (parts.size() < splits) {
      int at =
          end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
      if (at < 0) {
        break;
      }
      in.budget().elements(1);
      parts.add(text.substring(at + separator.length(), end));
      end = at;
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> words(Interpreter in, String text, int splits) {
    List<Object> words = new ArrayList<>();
    int position = Texts.skipSpace(text, 0);
    while (position < text.length()) {
      in.budget().elements(1);
      if (words.size() == splits) {
        words.add(text.substring(position));
        break;
      }
      int end = position;
      while (end < text.length() && !Texts.isSpace(text.charAt(end))) {
        end++;
      }
      words.add(text.substring(position, end));
      position = Texts.skipSpace(text, end);
    }
    return words;
  }

  private static List<Object> wordsFromRight(Interpreter in, String text, int splits) {
    List<Object> words = new ArrayList<>();
    int end = lastLetter(text, text.length());
    while (end > 0) {
      in.budget().elements(1);
      if (words.size() == splits) {
        words.add(text.substring(0, end));
        break;
      }
      int start = end;
      while (start > 0 && !Texts.isSpace(text.charAt(start - 1))) {
        start--;
      }
      words.add(text.substring(start, end));
      end = lastLetter(text, start);
    }
    Collections.reverse(words);
    return words;
  }

  private static int lastLetter(String text, int from) {
    int end = from;
    while (end > 0 && Texts.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
