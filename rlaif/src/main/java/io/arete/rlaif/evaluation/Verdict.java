package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Bootstrap;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What may be claimed of a difference, tuned less base.
 *
 * @param word which of the three
 * @param sentence with the numbers and the reason, and how many prompts would tell
 * @param promptsThatWouldTell about how many show a difference of the size that was found in 80 of
 *     100 evaluations; nothing where it is too small to be shown by any number
 */
public record Verdict(Word word, String sentence, OptionalLong promptsThatWouldTell) {

  /** What may be claimed. */
  public enum Word {
    /** The whole interval lies above 0. */
    GAIN("gain"),
    /** Nothing of the interval lies above 0. */
    NO_GAIN("no gain"),
    /** The interval holds 0 and more. */
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

  /** The verdict of a paired bootstrap at 95 %, in units of the reference samples' sd. */
  public static Verdict of(Bootstrap bootstrap) {
    return of(bootstrap, "tuned - base");
  }

  /**
   * The verdict of any difference of which more is better.
   *
   * @param what is compared, such as {@code tuned - base}
   */
  public static Verdict of(Bootstrap bootstrap, String what) {
    double low = bootstrap.interval().low();
    OptionalLong enough = bootstrap.promptsThatWouldShow(bootstrap.meanDifference());
    Word word =
        low > 0 ? Word.GAIN : bootstrap.interval().high() <= 0 ? Word.NO_GAIN : Word.CANNOT_TELL;
    String numbers =
        format(
            "%s is %+.3f (95 %% interval %+.3f to %+.3f, n = %d prompts)",
            what, bootstrap.meanDifference(), low, bootstrap.interval().high(), bootstrap.n());
    return new Verdict(word, sentence(word, numbers, bootstrap, enough), enough);
  }

  /** Word, sentence, and how many prompts would tell. */
  public ObjectNode toJson() {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("word", word.name().toLowerCase(Locale.ROOT)).put("sentence", sentence);
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
