package io.arete.rlaif.ppo;

import java.util.List;

/**
 * What the critic learns from a round: numbers over the trained tokens of each rollout, {@code
 * [tokens]}.
 *
 * @param values of the critic before the update
 * @param returns what they should have been
 */
record CriticTargets(List<double[]> values, List<double[]> returns) {}
