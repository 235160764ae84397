package io.arete.rlaif.gate;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people read them, the same in every country. */
final class Text {

  private Text() {}

  static String of(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** A threshold as a recipe says it, in per cent: 0.005 is {@code 0.5 %}. */
  static String percent(double share) {
    BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
    return percent.toPlainString() + " %";
  }

  /** What warns and what stops, where more is worse. */
  static String atMost(double warn, double stop) {
    return "at most " + percent(Math.min(warn, stop)) + "; more than " + percent(stop) + " stops";
  }
}
