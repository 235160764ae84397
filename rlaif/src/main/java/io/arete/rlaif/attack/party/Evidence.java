package io.arete.rlaif.attack.party;

import java.util.regex.Pattern;

/**
 * What a judge is shown between the marks {@code <goal>}, {@code <prompt>} and {@code <reply>}, so
 * that it knows what is said to it and what is only shown.
 */
public final class Evidence {

  private static final int LONGEST = 8_000;

  /** Where a mark begins, however loosely it is written. */
  private static final Pattern MARK =
      Pattern.compile("<(?=[\\s/]*(?:goal|prompt|reply)\\b)", Pattern.CASE_INSENSITIVE);

  private Evidence() {}

  /**
   * A text that opens and closes no mark, and is no longer than a judge reads. A mark's bracket
   * gives way to another sign: were it taken out, what stands around it could make a mark anew.
   */
  public static String quoted(String text) {
    String safe = MARK.matcher(text).replaceAll("(");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
  }
}
