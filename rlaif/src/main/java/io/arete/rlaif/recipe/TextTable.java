package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.file.VisibleText;
import java.util.Arrays;
import java.util.Locale;

/** Lines of plain text that are put together piece by piece. */
final class TextTable {

  private final StringBuilder text = new StringBuilder();

  void line(String pattern, Object... values) {
    text.append(format(pattern, values)).append('\n');
  }

  /** A difference with its interval. */
  static String difference(JsonNode difference) {
    return format(
        "%+.3f (%+.3f to %+.3f)",
        difference.path("difference").asDouble(),
        difference.path("low").asDouble(),
        difference.path("high").asDouble());
  }

  /** A number, or a dash. */
  static String number(JsonNode value) {
    return value.isNumber() ? format("%.3f", value.doubleValue()) : "-";
  }

  /** A share with its interval, in percent. */
  static String percent(JsonNode share) {
    return format(
        "%.0f %% (%.0f to %.0f)",
        100 * share.path("share").asDouble(),
        100 * share.path("low").asDouble(),
        100 * share.path("high").asDouble());
  }

  /** Texts of a run's files are shown without what would steer a terminal. */
  static String format(String pattern, Object... values) {
    return String.format(
        Locale.ROOT,
        pattern,
        Arrays.stream(values)
            .map(value -> value instanceof String text ? VisibleText.lines(text) : value)
            .toArray());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
