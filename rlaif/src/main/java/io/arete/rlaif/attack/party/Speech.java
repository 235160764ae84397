package io.arete.rlaif.attack.party;

import io.arete.engine.text.Message;
import java.util.List;

/**
 * Something that somebody shall reply to.
 *
 * @param key of the draws: another key is another reply to the same words
 * @param messages the conversation so far
 * @param begun how the reply begins: a model on this machine goes on from there; a server, which
 *     has no way to be told, is not
 */
public record Speech(String key, List<Message> messages, String begun) {

  /** Copies the messages. */
  public Speech {
    messages = List.copyOf(messages);
  }

  /** To which a reply begins as it likes. */
  public Speech(String key, List<Message> messages) {
    this(key, messages, "");
  }
}
