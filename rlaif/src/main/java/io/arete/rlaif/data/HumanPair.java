package io.arete.rlaif.data;

/**
 * Two replies to one prompt, and which of them people preferred.
 *
 * @param id by the line of its file, such as {@code human-000017}
 * @param prompt what was asked
 * @param chosen the reply that was preferred
 * @param rejected the other
 */
public record HumanPair(String id, Prompt prompt, String chosen, String rejected) {}
