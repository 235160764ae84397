package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Bootstrap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What may be claimed of a difference, tuned less base.
 *
 * @param word which of the three
 * @param sentence with the numbers and the reason, and how many prompts would tell
 * @param doubts what keeps a score that rose from being a gain; none of one that did not rise
 * @param promptsThatWouldTell about how many show a difference of the size that was found in 80 of
 *     100 evaluations; nothing where it is too small to be shown by any number
 */
public record Verdict(
    Word word, String sentence, List<Doubt> doubts, OptionalLong promptsThatWouldTell) {

  /** Copies the list. */
  public Verdict {
    doubts = List.copyOf(doubts);
  }

  /** What may be claimed. */
  public enum Word {
    /** The whole interval lies above 0, and nothing speaks against it. */
    GAIN("gain"),
    /** Nothing of the interval lies above 0. */
    NO_GAIN("no gain"),
    /** The interval holds 0 and more, or something speaks against it. */
    CANNOT_TELL("cannot tell");

    private final String words;

    Word(String words) {
      this.words = words;
    }

    /** As people read it. */
    public String words() {
      return words;
    }
  }

  /** The verdict of any difference of which more is better, with nothing beside it. */
  public static Verdict of(Bootstrap bootstrap, String what) {
    return of(bootstrap, what, List.of());
  }

  /**
   * The verdict of a difference of which more is better.
   *
   * @param what is compared, such as {@code tuned - base}
   * @param doubts what keeps it from being a gain where it lies above 0
   */
  public static Verdict of(Bootstrap bootstrap, String what, List<Doubt> doubts) {
    double low = bootstrap.interval().low();
    String numbers =
        format(
            "%s is %+.3f (95 %% interval %+.3f to %+.3f, n = %d prompts)",
            what, bootstrap.meanDifference(), low, bootstrap.interval().high(), bootstrap.n());
    if (low > 0 && !doubts.isEmpty()) {
      return doubted(numbers, doubts);
    }
    OptionalLong enough = bootstrap.promptsThatWouldShow(bootstrap.meanDifference());
    Word word =
        low > 0 ? Word.GAIN : bootstrap.interval().high() <= 0 ? Word.NO_GAIN : Word.CANNOT_TELL;
    return new Verdict(word, sentence(word, numbers, bootstrap, enough), List.of(), enough);
  }

  /** More prompts help only if nothing but their number stands in the way. */
  private static Verdict doubted(String numbers, List<Doubt> doubts) {
    boolean fewPrompts =
        doubts.stream().allMatch(doubt -> doubt.promptsThatWouldTell().isPresent());
    OptionalLong enough =
        fewPrompts
            ? doubts.stream().mapToLong(one -> one.promptsThatWouldTell().getAsLong()).max()
            : OptionalLong.empty();
    String sentence =
        format(
            "Cannot tell: %s, all of it above 0, but %s%s.",
            numbers,
            doubts.stream().map(Doubt::says).collect(Collectors.joining("; ")),
            fewPrompts ? "; " + more(enough) : "");
    return new Verdict(Word.CANNOT_TELL, sentence, doubts, enough);
  }

  /** Word, sentence, doubts, and how many prompts would tell. */
  public ObjectNode toJson() {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("word", word.name().toLowerCase(Locale.ROOT)).put("sentence", sentence);
    if (!doubts.isEmpty()) {
      ArrayNode array = told.putArray("doubts");
      doubts.forEach(doubt -> array.add(doubt.toJson()));
    }
    promptsThatWouldTell.ifPresent(prompts -> told.put("prompts_that_would_tell", prompts));
    return told;
  }

  private static String sentence(
      Word word, String numbers, Bootstrap bootstrap, OptionalLong enough) {
    double detectable = bootstrap.smallestDetectableDifference();
    return switch (word) {
      case GAIN ->
          format(
              "Gain: %s, all of it above 0; a gain of that size shows with about %d prompts in 80"
                  + " of 100 cases.",
              numbers, enough.orElse(bootstrap.n()));
      case NO_GAIN ->
          format(
              "No gain: %s, none of it above 0; a true gain of %.3f would have shown in 80 of 100"
                  + " cases.",
              numbers, detectable);
      case CANNOT_TELL ->
          format(
              "Cannot tell: %s, which holds 0; this evaluation would show a true difference of %.3f"
                  + " in 80 of 100 cases, and %s.",
              numbers, detectable, more(enough));
    };
  }

  private static String more(OptionalLong enough) {
    return enough.isPresent()
        ? format("if what was found is the truth, about %d prompts would", enough.getAsLong())
        : "what was found is too small to be shown by any number of prompts";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
