package io.arete.rlaif.evaluation;

import io.arete.rlaif.stats.Bootstrap;
import java.util.Locale;

/**
 * What may be claimed of a difference, tuned less base.
 *
 * @param word which of the three
 * @param sentence with the numbers and the reason
 */
public record Verdict(Word word, String sentence) {

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
    double low = bootstrap.interval().low();
    double high = bootstrap.interval().high();
    String numbers =
        String.format(
            Locale.ROOT,
            "tuned - base is %+.3f (95 %% interval %+.3f to %+.3f, n = %d prompts)",
            bootstrap.meanDifference(),
            low,
            high,
            bootstrap.n());
    if (low > 0) {
      return new Verdict(Word.GAIN, "Gain: " + numbers + ", all of it above 0.");
    }
    if (high <= 0) {
      return new Verdict(Word.NO_GAIN, "No gain: " + numbers + ", none of it above 0.");
    }
    return new Verdict(
        Word.CANNOT_TELL,
        String.format(
            Locale.ROOT,
            "Cannot tell: %s, which holds 0; this evaluation would show a true difference of %.3f"
                + " in 80 of 100 cases.",
            numbers,
            bootstrap.smallestDetectableDifference()));
  }
}
