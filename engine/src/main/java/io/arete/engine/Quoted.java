package io.arete.engine;

/** Text of an untrusted file as it may stand in a sentence for a person. */
public final class Quoted {

  private static final int LONGEST = 80;
  private static final int LONGEST_LINE = 500;

  private Quoted() {}

  /** {@code text} in quotes, cut to 80 characters, with control characters replaced by dots. */
  public static String of(String text) {
    return "'" + plain(text) + "'";
  }

  /** As {@link #of} without quotes, for tables. */
  public static String plain(String text) {
    return cut(text, LONGEST, '.');
  }

  /**
   * What a file or a library says in sentences or JSON: cut to 500 characters, with control
   * characters replaced by spaces.
   */
  public static String line(String text) {
    return cut(text, LONGEST_LINE, ' ');
  }

  private static String cut(String text, int longest, int forControl) {
    String cut = text.length() <= longest ? text : text.substring(0, longest) + "…";
    StringBuilder line = new StringBuilder();
    cut.codePoints()
        .map(
            c ->
                Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                    ? forControl
                    : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
