package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A number with its interval, under two names.
 *
 * @param row what it is of
 * @param series among those on one row; empty if there is only one
 * @param low end of the interval, or the value itself
 * @param high end of the interval, or the value itself
 */
record Measured(String row, String series, double value, double low, double high) {

  private static final List<String> VALUES = List.of("share", "difference", "value");

  /**
   * Of {@code {"share" | "difference" | "value": …, "low": …, "high": …}}; nothing if it is not
   * there.
   */
  static Optional<Measured> of(String row, String series, JsonNode found) {
    return VALUES.stream()
        .filter(name -> found.path(name).isNumber())
        .findFirst()
        .map(name -> found.path(name).asDouble())
        .map(
            value ->
                new Measured(
                    row,
                    series,
                    value,
                    found.path("low").asDouble(value),
                    found.path("high").asDouble(value)));
  }

  /** With its sign and its interval. */
  String words() {
    return Format.signed(value)
        + " (95 % interval "
        + Format.signed(low)
        + " to "
        + Format.signed(high)
        + ")";
  }

  /** Measured rows as a table. */
  static Block.Numbers table(List<Measured> rows) {
    return new Block.Numbers(
        List.of("what", "of", "value", "95 % interval"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.row(),
                        row.series(),
                        Format.number(row.value()),
                        Format.number(row.low()) + " to " + Format.number(row.high())))
            .toList());
  }
}
