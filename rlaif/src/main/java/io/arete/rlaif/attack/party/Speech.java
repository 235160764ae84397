package io.arete.rlaif.attack.party;

import io.arete.engine.text.Message;
import java.util.List;

/**
 * Something that somebody shall reply to.
 *
 * @param key of the draws: another key is another reply to the same words
 * @param messages the conversation so far
 */
public record Speech(String key, List<Message> messages) {

  /** Copies the messages. */
  public Speech {
    messages = List.copyOf(messages);
  }
}
