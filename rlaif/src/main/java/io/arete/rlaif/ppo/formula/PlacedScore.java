package io.arete.rlaif.ppo.formula;

/**
 * A score and the trained token that earns it.
 *
 * @param token index along the trained tokens of one rollout, from 0
 * @param score what the reward function said, z units
 */
public record PlacedScore(int token, double score) {}
