package io.arete.engine.checkpoint;

/** Text of an untrusted file as it may stand in a sentence for a person. */
public final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  /** {@code text} in quotes, cut to 80 characters, with control characters replaced by dots. */
  public static String of(String text) {
    return "'" + plain(text) + "'";
  }

  /** As {@link #of} without quotes, for tables. */
  public static String plain(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    StringBuilder plain = new StringBuilder();
    cut.codePoints()
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '.' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
