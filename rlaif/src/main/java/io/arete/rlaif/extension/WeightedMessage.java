package io.arete.rlaif.extension;

import io.arete.engine.text.Message;

/**
 * A message and how much is learnt of it.
 *
 * @param message who says what
 * @param weight of each of its tokens in the loss, its end of turn among them; 0 or more
 */
public record WeightedMessage(Message message, double weight) {}
