package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Numbers for people. */
final class Format {

  private Format() {}

  /** Three decimals, or a dash. */
  static String number(JsonNode value) {
    return value.isNumber() ? number(value.asDouble()) : "–";
  }

  /** Three decimals. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** With its sign. */
  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value);
  }

  /** A share as per cent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** As {@link #percent(double)}, or a dash. */
  static String percent(JsonNode share) {
    return share.isNumber() ? percent(share.asDouble()) : "–";
  }

  /** A field's name as words. */
  static String words(String name) {
    return name.replace('_', ' ');
  }
}
