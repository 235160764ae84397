package io.arete.rlaif.file;

/**
 * Texts of unknown origin, made fit for a terminal: what would move its cursor, change its colors
 * or turn the direction of writing is shown as a Java escape such as {@code \}{@code u001b}.
 */
public final class VisibleText {

  private static final int TAB_WIDTH = 4;

  private VisibleText() {}

  /** The text with its line breaks; tabs become blanks. */
  public static String lines(String text) {
    return escape(text.replace("\r\n", "\n").replace("\t", " ".repeat(TAB_WIDTH)), true);
  }

  /** The text on one line. */
  public static String line(String text) {
    return escape(text, false);
  }

  private static String escape(String text, boolean keepLineBreaks) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if ((keepLineBreaks && point == '\n') || !hidden(point)) {
                shown.appendCodePoint(point);
              } else {
                appendEscape(shown, point);
              }
            });
    return shown.toString();
  }

  private static void appendEscape(StringBuilder shown, int point) {
    for (char unit : Character.toChars(point)) {
      shown.append(String.format("\\u%04x", (int) unit));
    }
  }

  private static boolean hidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      // Joiners belong to scripts and emoji; the other format characters turn or hide text.
      case Character.FORMAT -> point != 0x200C && point != 0x200D;
      default -> false;
    };
  }
}
