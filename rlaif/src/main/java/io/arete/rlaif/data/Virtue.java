package io.arete.rlaif.data;

import java.util.List;

/**
 * A trait of character that a constitution asks for.
 *
 * @param name one word, such as {@code honesty}
 * @param description who has it does what; completes "that is, …"
 * @param weight at least 0; only ratios matter
 * @param present signs that it is there; may be empty
 * @param absent signs that it is lacking; may be empty
 */
public record Virtue(
    String name, String description, double weight, List<String> present, List<String> absent) {

  /** Copies the signs. */
  public Virtue {
    present = List.copyOf(present);
    absent = List.copyOf(absent);
  }

  /** A virtue without signs. */
  public Virtue(String name, String description, double weight) {
    this(name, description, weight, List.of(), List.of());
  }
}
