package io.arete.rlaif.api;

import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import io.arete.rlaif.data.Facet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A prompt with the model's three replies, as texts.
 *
 * @param prompt at least one message; the last is the user's
 * @param replies one for every facet
 */
public record TalkReplies(List<Message> prompt, Map<Facet, String> replies) {

  /**
   * Copies both.
   *
   * @throws AreteException if the prompt does not end with the user's words, or a facet has no
   *     reply
   */
  public TalkReplies {
    prompt = List.copyOf(prompt);
    if (prompt.isEmpty() || prompt.get(prompt.size() - 1).role() != Role.USER) {
      throw new AreteException("A prompt must end with a message of the user; add it.");
    }
    for (Facet facet : Facet.values()) {
      if (!replies.containsKey(facet)) {
        throw new AreteException("There is no reply on the " + facet.wireName() + "; give one.");
      }
    }
    replies = Collections.unmodifiableMap(new EnumMap<>(replies));
  }

  /**
   * Replies to a single message of the user.
   *
   * @param motivation the reply to the constitution's question about the motive
   * @param consequences the reply to its question about what the action leads to
   */
  public static TalkReplies of(
      String prompt, String action, String motivation, String consequences) {
    return new TalkReplies(
        List.of(Message.user(prompt)),
        Map.of(
            Facet.ACTION, action, Facet.MOTIVATION, motivation, Facet.CONSEQUENCES, consequences));
  }
}
