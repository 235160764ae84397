package io.arete.cli;

import io.arete.rlaif.file.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** Texts in lines that fit a terminal, with nothing in them that a terminal would act on. */
final class WrappedText {

  private WrappedText() {}

  /**
   * The lines of a text, parted at blanks where there are any.
   *
   * @param columns the most places a line may take, at least 2: letters of East Asian scripts and
   *     pictures take two
   */
  static List<String> lines(String text, int columns) {
    List<String> lines = new ArrayList<>();
    for (String line : VisibleText.lines(text).split("\n", -1)) {
      wrap(line, columns, lines);
    }
    return lines;
  }

  /** As much of the beginning of a line as fits. */
  static String cut(String line, int columns) {
    int used = 0;
    int at = 0;
    while (at < line.length()) {
      int point = line.codePointAt(at);
      used += width(point);
      if (used > columns) {
        return line.substring(0, at);
      }
      at += Character.charCount(point);
    }
    return line;
  }

  /** How many places a line takes. */
  static int columns(String line) {
    return line.codePoints().map(WrappedText::width).sum();
  }

  private static void wrap(String line, int columns, List<String> lines) {
    int start = 0;
    int blank = -1;
    int used = 0;
    int at = 0;
    while (at < line.length()) {
      int point = line.codePointAt(at);
      int width = width(point);
      if (used + width > columns) {
        int gap = point == ' ' ? at : blank;
        lines.add(line.substring(start, gap > start ? gap : at));
        start = gap > start ? gap + 1 : at;
        at = start;
        used = 0;
        blank = -1;
        continue;
      }
      if (point == ' ') {
        blank = at;
      }
      used += width;
      at += Character.charCount(point);
    }
    lines.add(line.substring(start));
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(point)
            || (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x3000 && point <= 0x30FF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xFF01 && point <= 0xFF60)
            || (point >= 0x1F300 && point <= 0x1FAFF);
    return wide ? 2 : 1;
  }
}
