package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Bootstrap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What may be claimed of a difference, tuned less base.
 *
 * @param word which of the three
 * @param sentence with the numbers and the reason, and how many prompts would tell
 * @param doubts what else the evaluation says against a gain, a clause each
 * @param promptsThatWouldTell about how many show a difference of the size that was found in 80 of
 *     100 evaluations; nothing where it is too small to be shown by any number
 */
public record Verdict(
    Word word, String sentence, List<String> doubts, OptionalLong promptsThatWouldTell) {

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

  /**
   * The verdict of a run's primary outcome: a paired bootstrap at 95 %, in units of the reference
   * samples' sd.
   *
   * @param doubts what else the evaluation says against a gain, a clause each
   */
  static Verdict of(Bootstrap bootstrap, List<String> doubts) {
    return of(bootstrap, "tuned - base", doubts);
  }

  /**
   * The verdict of any difference of which more is better.
   *
   * @param what is compared, such as {@code tuned - base}
   */
  public static Verdict of(Bootstrap bootstrap, String what) {
    return of(bootstrap, what, List.of());
  }

  private static Verdict of(Bootstrap bootstrap, String what, List<String> doubts) {
    double low = bootstrap.interval().low();
    OptionalLong enough = bootstrap.promptsThatWouldShow(bootstrap.meanDifference());
    String numbers =
        format(
            "%s is %+.3f (95 %% interval %+.3f to %+.3f, n = %d prompts)",
            what, bootstrap.meanDifference(), low, bootstrap.interval().high(), bootstrap.n());
    if (low > 0 && !doubts.isEmpty()) {
      return new Verdict(
          Word.CANNOT_TELL,
          format("Cannot tell: %s, all of it above 0, but %s.", numbers, String.join("; ", doubts)),
          doubts,
          OptionalLong.empty());
    }
    Word word =
        low > 0 ? Word.GAIN : bootstrap.interval().high() <= 0 ? Word.NO_GAIN : Word.CANNOT_TELL;
    return new Verdict(word, sentence(word, numbers, bootstrap, enough), doubts, enough);
  }

  /** Word, sentence, doubts, and how many prompts would tell. */
  public ObjectNode toJson() {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("word", word.name().toLowerCase(Locale.ROOT)).put("sentence", sentence);
    if (!doubts.isEmpty()) {
      doubts.forEach(told.putArray("doubts")::add);
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
