package io.arete.rlaif.data;

/**
 * Two replies to one prompt, and which of them people preferred.
 *
 * @param id by the line of its file, such as {@code human-000017}
 * @param prompt what was asked
 * @param chosen the reply that was preferred
 * @param rejected the other
 * @param p probability that the chosen one is better, one half to 1; 1 where the file says no more
 */
public record HumanPair(String id, Prompt prompt, String chosen, String rejected, double p) {}
