package io.arete.cli.bench;

import java.util.Locale;

/**
 * One number that was measured.
 *
 * @param benchmark which benchmark it belongs to
 * @param what what was measured
 * @param value the number
 * @param unit its unit
 */
record Measure(String benchmark, String what, double value, String unit) {

  /** For people. */
  String line() {
    String digits = Math.abs(value) >= 100 ? "%.0f" : "%.2f";
    return "%-8s  %-58s %10s %s".formatted(benchmark, what, format(digits), unit);
  }

  /** For scripts: one JSON object. */
  String json() {
    // No text here needs escaping: all of it is written in this package.
    return "{\"benchmark\":\"%s\",\"what\":\"%s\",\"value\":%s,\"unit\":\"%s\"}"
        .formatted(benchmark, what, format("%.6g"), unit);
  }

  private String format(String digits) {
    return String.format(Locale.ROOT, digits, value);
  }
}
