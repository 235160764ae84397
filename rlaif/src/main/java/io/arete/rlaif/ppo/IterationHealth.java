package io.arete.rlaif.ppo;

/**
 * How an iteration went.
 *
 * @param round what was known before its first step
 * @param update how the weights moved
 */
public record IterationHealth(RoundHealth round, UpdateHealth update) {}
