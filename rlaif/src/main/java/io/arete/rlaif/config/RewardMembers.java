package io.arete.rlaif.config;

/**
 * Which reward models a run trains beside one for each facet.
 *
 * @param seeds models of each facet, which differ in their first weights, the order of the pairs
 *     and their dropout; their mean, in z units, is the facet's score
 * @param watch whether a watch and a verdict reward model are trained on pairs of their own
 * @param watchShare the share of the train prompts that each of those two takes from the others
 */
public record RewardMembers(int seeds, boolean watch, double watchShare) {}
