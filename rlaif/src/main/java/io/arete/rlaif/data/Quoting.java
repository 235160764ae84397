package io.arete.rlaif.data;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps a text of others from passing for the words of the template that it is put in.
 *
 * <p>A text that imitates the template gets {@value #PREFIX} before each of its lines, as in a
 * letter; any other stays as it is, to the byte. No two texts are quoted to the same: what is
 * quoted still holds what it imitates, and what is not quoted holds nothing of the kind.
 *
 * <p>What counts as imitation is said by {@link TemplateWords}.
 */
public final class Quoting {

  /** What stands before each line of a quoted text. */
  public static final String PREFIX = "> ";

  private static final Pattern LINE_END = Pattern.compile("\\R");

  private final TemplateWords words;

  private Quoting(TemplateWords words) {
    this.words = words;
  }

  /** For texts that a judge of that constitution reads. */
  public static Quoting of(Constitution constitution) {
    return new Quoting(
        TemplateWords.ofJudge(
            constitution.judge(), List.copyOf(constitution.questions().values())));
  }

  /** For texts that are put into those wordings. */
  static Quoting of(RevisionWording wording) {
    return new Quoting(TemplateWords.of(List.of(wording.critique(), wording.revise())));
  }

  /** Whether a text holds what could pass for the template's own words. */
  public boolean imitates(String text) {
    return words.standIn(text);
  }

  /** The text, each line with the prefix if it imitates the template. */
  public String quoted(String text) {
    return imitates(text)
        ? PREFIX + LINE_END.matcher(text).replaceAll(match -> match.group() + PREFIX)
        : text;
  }
}
