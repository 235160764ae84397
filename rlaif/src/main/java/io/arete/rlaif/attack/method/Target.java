package io.arete.rlaif.attack.method;

import io.arete.engine.text.Message;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.Speech;
import java.util.List;
import java.util.Optional;

/**
 * Who is attacked.
 *
 * @param speaker borrowed
 * @param manner of its replies
 * @param rule what its system prompt says; empty = it has none
 */
public record Target(Speaker speaker, Manner manner, Optional<String> rule) {

  /**
   * A prompt to it.
   *
   * @param key of the draws
   */
  public record Query(String key, String prompt) {}

  /** Its replies, in the order of the queries; empty where there is none. */
  public List<Optional<String>> reply(List<Query> queries) {
    return speaker.say(queries.stream().map(this::speech).toList(), manner);
  }

  private Speech speech(Query query) {
    Message asked = Message.user(query.prompt());
    return new Speech(
        query.key(),
        rule.map(text -> List.of(Message.system(text), asked)).orElseGet(() -> List.of(asked)));
  }
}
