package io.arete.world.bank;

/**
 * How far the judge's belief errs, the same way each time.
 *
 * @param seed of the errors
 * @param clauseSd standard deviation of a clause's error
 * @param virtueSd standard deviation of the further error of each of its virtues
 */
public record BeliefNumbers(long seed, double clauseSd, double virtueSd) {}
