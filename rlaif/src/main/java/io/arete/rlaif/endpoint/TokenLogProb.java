package io.arete.rlaif.endpoint;

/**
 * A token by which the reply might have begun.
 *
 * @param token as text
 * @param logProb nats, at most 0 but for rounding
 */
public record TokenLogProb(String token, double logProb) {}
