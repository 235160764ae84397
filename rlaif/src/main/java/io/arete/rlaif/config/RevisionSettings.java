package io.arete.rlaif.config;

/**
 * How replies are bettered before they are learned from.
 *
 * @param rounds critiques and revisions of each reply; 0 = none
 * @param prompts at most so many; 0 = all train prompts
 * @param maxReplyTokens the longest reply and revision
 * @param maxCritiqueTokens the longest critique
 * @param ordinaryShare the share of other conversations in the mix, if there are as many
 */
public record RevisionSettings(
    int rounds, int prompts, int maxReplyTokens, int maxCritiqueTokens, double ordinaryShare) {}
