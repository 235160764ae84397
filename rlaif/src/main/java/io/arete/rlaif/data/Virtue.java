package io.arete.rlaif.data;

/**
 * A trait of character that a constitution asks for.
 *
 * @param name one word, such as {@code honesty}
 * @param description who has it does what; completes "that is, …"
 * @param weight at least 0; only ratios matter
 */
public record Virtue(String name, String description, double weight) {}
