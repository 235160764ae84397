package io.arete.rlaif.config;

/**
 * What small experiments and closer looks ask of a run.
 *
 * @param longTextStop a larger share of texts at the longest length stops
 * @param longTextWarn a larger share warns
 * @param identicalWarn a larger share of pairs that are the same once cut warns
 * @param cutReplyStop a larger share of replies that were cut off stops
 * @param cutReplyWarn a larger share warns
 * @param probePairs pairs that a linear probe reads at most, half of them held out; 0 = none
 * @param scoringDifference how far accuracies of the two scoring paths may lie apart
 * @param alone how scores alone and in a batch may differ
 * @param bestOfPrompts prompts for which the ensemble chooses; 0 = none
 * @param bestOfSamples how many replies it chooses from
 * @param bestOfLow a win rate whose interval's upper end lies below it stops
 * @param spreadLow a smaller within-prompt share of the reward's spread warns
 * @param dominance a larger share of one part in the reward's variance warns
 * @param unchangedWarn a larger share of greedy replies as before PPO warns
 * @param divergenceStop a larger mean divergence stops PPO, nats a reply
 * @param growthWarn replies that are longer by more than this factor warn
 * @param shrinkWarn replies that are shorter by more than this factor warn
 * @param varietyWarn a smaller part of the first iteration's share of distinct pairs of tokens
 *     warns
 * @param varietyStop a smaller part of it stops
 * @param repeatPrompts evaluation prompts that are done again; 0 = none
 * @param share the most work that experiments may add, as a share of the run's
 */
public record CheckSettings(
    double longTextStop,
    double longTextWarn,
    double identicalWarn,
    double cutReplyStop,
    double cutReplyWarn,
    int probePairs,
    double scoringDifference,
    ScoreAlone alone,
    int bestOfPrompts,
    int bestOfSamples,
    double bestOfLow,
    double spreadLow,
    double dominance,
    double unchangedWarn,
    double divergenceStop,
    double growthWarn,
    double shrinkWarn,
    double varietyWarn,
    double varietyStop,
    int repeatPrompts,
    double share) {}
