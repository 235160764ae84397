package io.arete.rlaif.attack.judge;

import io.arete.rlaif.attack.prompt.Behavior;

/**
 * A reply that is to be labelled.
 *
 * @param key of the question to a judge
 * @param behavior what was wanted, however it was asked
 */
public record JudgedReply(String key, Behavior behavior, String reply) {}
