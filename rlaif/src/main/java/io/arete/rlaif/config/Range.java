package io.arete.rlaif.config;

import java.util.Locale;

/**
 * The numbers that a setting allows.
 *
 * @param low the lower end, or negative infinity
 * @param lowOpen whether the lower end itself is not allowed
 * @param high the upper end, or positive infinity
 * @param highOpen whether the upper end itself is not allowed
 */
public record Range(double low, boolean lowOpen, double high, boolean highOpen) {

  /** From {@code low} to {@code high}, both included. */
  public static Range of(double low, double high) {
    return new Range(low, false, high, false);
  }

  /** {@code low} and everything above it. */
  public static Range atLeast(double low) {
    return of(low, Double.POSITIVE_INFINITY);
  }

  /** Everything above {@code low}, up to and including {@code high}. */
  public static Range above(double low, double high) {
    return new Range(low, true, high, false);
  }

  /** From {@code low} included to {@code high} excluded. */
  public static Range below(double low, double high) {
    return new Range(low, false, high, true);
  }

  /** Between {@code low} and {@code high}, both excluded. */
  public static Range between(double low, double high) {
    return new Range(low, true, high, true);
  }

  /** Whether the number is allowed; NaN and infinities never are. */
  public boolean contains(double value) {
    boolean aboveLow = lowOpen ? value > low : value >= low;
    boolean belowHigh = highOpen ? value < high : value <= high;
    return aboveLow && belowHigh && !Double.isInfinite(value);
  }

  /** The range in words, such as {@code more than 0, at most 1}. */
  public String describe() {
    String lower = (lowOpen ? "more than " : "at least ") + text(low);
    String upper = (highOpen ? "less than " : "at most ") + text(high);
    if (Double.isInfinite(high)) {
      return Double.isInfinite(low) ? "any number" : lower;
    }
    return Double.isInfinite(low) ? upper : lower + ", " + upper;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) value)
        : Double.toString(value);
  }
}
