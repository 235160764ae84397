package io.arete.rlaif.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value with the line on which it stands, counted from 1; 0 for values from elsewhere. */
public sealed interface YamlNode {

  /** The line of the file. */
  int line();

  /** What a message calls this value. */
  String describe();

  /**
   * A single value. Its type is for the reader to decide: YAML's own guesses (yes, 012, 1:30) are
   * not used.
   *
   * @param text as written, without quotes
   * @param absent whether the value is empty, {@code ~} or {@code null}, unquoted
   */
  record Scalar(String text, boolean absent, int line) implements YamlNode {
    @Override
    public String describe() {
      return absent ? "nothing" : '"' + shorten(text) + '"';
    }

    private static String shorten(String text) {
      String oneLine = text.replaceAll("\\p{Cntrl}", " ");
      return oneLine.length() <= 60 ? oneLine : oneLine.substring(0, 57) + "...";
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    /** Copies the items. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /** Named values in the order of the file. */
  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
    /** Copies the entries. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String describe() {
      return "a group of keys";
    }
  }
}
