package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Numbers for people. */
final class Format {

  /** Where there is no number. */
  static final String NOTHING = "–";

  private Format() {}

  /** Three decimals, or a dash. */
  static String number(JsonNode value) {
    return value.isNumber() ? number(value.asDouble()) : NOTHING;
  }

  /** Three decimals. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** With its sign, or a dash. */
  static String signed(JsonNode value) {
    return value.isNumber() ? signed(value.asDouble()) : NOTHING;
  }

  /** With its sign. */
  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value);
  }

  /** A share as per cent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A difference of shares as points, with its sign. */
  static String points(double difference) {
    return String.format(Locale.ROOT, "%+.1f", Math.round(1000 * difference) / 10.0);
  }

  /** As {@link #percent(double)}, or a dash. */
  static String percent(JsonNode share) {
    return share.isNumber() ? percent(share.asDouble()) : NOTHING;
  }

  /** Hours, minutes and seconds; a dash for no time. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole <= 0
        ? NOTHING
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** Bytes as MiB; a dash for none. */
  static String mebibytes(double bytes) {
    return bytes <= 0 ? NOTHING : String.format(Locale.ROOT, "%.0f MiB", bytes / (1 << 20));
  }

  /** With a capital letter. */
  static String first(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** A field's name as words. */
  static String words(String name) {
    return name.replace('_', ' ');
  }
}
