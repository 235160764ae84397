package io.arete.rlaif.config;

import java.util.Optional;

/**
 * One setting, declared once: the recipe's YAML, the command line's overrides, the checks, the
 * written-out recipe and the reference page are all made from it.
 *
 * @param path section and name, such as {@code reward.learning_rate}
 * @param kind how a value is read, checked and written
 * @param fallback the value if none is given; empty if one must be
 * @param unit of the value, such as {@code tokens}; empty if it has none
 * @param doc what it does, one sentence without its full stop
 * @param <T> the Java type of the value
 */
public record Key<T>(String path, Kind<T> kind, Optional<T> fallback, String unit, String doc) {

  /** Whether a recipe must give a value. */
  public boolean required() {
    return fallback.isEmpty();
  }

  /** What is allowed, in words, with the unit. */
  public String allowed() {
    return kind.describe() + (unit.isEmpty() ? "" : " (" + unit + ")");
  }

  /** The default as YAML, or {@code required}. */
  public String printedFallback() {
    return fallback.map(kind::print).orElse("required");
  }
}
