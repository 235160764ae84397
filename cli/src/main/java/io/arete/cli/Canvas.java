package io.arete.cli;

import io.arete.rlaif.file.VisibleText;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines for a terminal of a certain width. The only way onto it leads through {@link VisibleText},
 * so that no text of a file can move the cursor or change a color.
 */
final class Canvas {

  /** How a piece of text looks where there are colors. */
  enum Style {
    /** As ever. */
    PLAIN(""),
    /** A name. */
    STRONG("1"),
    /** Of less weight. */
    FAINT("2"),
    /** All is well. */
    GOOD("32"),
    /** Under way. */
    BUSY("36"),
    /** Worth a look. */
    WARNING("33"),
    /** Wrong. */
    BAD("31");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final int columns;
  private final boolean colored;
  private final List<String> lines = new ArrayList<>();
  private StringBuilder line = new StringBuilder();
  private int used;

  /** An empty one. */
  Canvas(int columns, boolean colored) {
    this.columns = columns;
    this.colored = colored;
  }

  /** How wide it is. */
  int columns() {
    return columns;
  }

  /** Appends to the line under way what there is room for. */
  Canvas put(String text, Style style) {
    String fits = WrappedText.cut(VisibleText.line(text), columns - used);
    used += WrappedText.columns(fits);
    if (colored && !style.code.isEmpty() && !fits.isBlank()) {
      line.append("\033[").append(style.code).append('m').append(fits).append("\033[0m");
    } else {
      line.append(fits);
    }
    return this;
  }

  /** Appends blanks up to a column, and one at least. */
  Canvas tab(int column) {
    return put(" ".repeat(Math.max(1, column - used)), Style.PLAIN);
  }

  /** Ends the line under way. */
  void end() {
    lines.add(line.toString().stripTrailing());
    line = new StringBuilder();
    used = 0;
  }

  /** Ends the line under way if there is something on it. */
  void endIfBegun() {
    if (used > 0) {
      end();
    }
  }

  /** A text on as many lines as it needs, each after {@code indent} blanks. */
  void wrap(String text, int indent, Style style) {
    for (String part : WrappedText.lines(text, Math.max(2, columns - indent))) {
      put(" ".repeat(indent), Style.PLAIN).put(part, style).end();
    }
  }

  /** All lines that are ended. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
