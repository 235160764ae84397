package io.arete.rlaif.text;

import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The pieces that a three-turn conversation is put together from. */
public final class ConversationPieces {

  private final ConversationEncoder encoder;
  private final Constitution constitution;
  private final ConcurrentMap<Facet, int[]> questions = new ConcurrentHashMap<>();

  /** Pieces for one chat template and one constitution. */
  public ConversationPieces(ConversationEncoder encoder, Constitution constitution) {
    this.encoder = encoder;
    this.constitution = constitution;
  }

  /** Ids of a prompt, up to where the action begins. */
  public int[] prompt(Prompt prompt) {
    return encoder.promptIds(prompt.messages());
  }

  /** Ids of a facet's question alone, as if it had been asked first. */
  int[] questionAlone(Prompt prompt, Facet facet) {
    List<Message> messages = new ArrayList<>(prompt.messages());
    constitution.question(facet).ifPresent(question -> messages.add(Message.user(question)));
    return encoder.promptIds(messages);
  }

  /** Ids between the reply before and a facet's reply: its question. Empty for the action. */
  public int[] question(Facet facet) {
    return questions
        .computeIfAbsent(
            facet,
            asked ->
                constitution
                    .question(asked)
                    .map(
                        text ->
                            encoder.afterReply(
                                List.of(
                                    Message.user("?"), Message.assistant("!"), Message.user(text))))
                    .orElse(new int[0]))
        .clone();
  }

  /**
   * Ids of a reply with its end-of-turn token, which is added if the reply was cut off or is a text
   * without any.
   */
  public int[] closed(Reply reply) {
    int[] ids = Ids.of(reply.ids());
    return reply.ended() == Reply.Ended.TURN && ids.length > 0
        ? ids
        : Ids.concat(ids, new int[] {encoder.endOfTurnId()});
  }

  /**
   * Ids up to where the reply of {@code facet} begins: what it is sampled after.
   *
   * @param before replies of the facets before it, in their order
   */
  public int[] before(Prompt prompt, Facet facet, List<Reply> before) {
    int[] ids = prompt(prompt);
    List<Facet> facets = List.of(Facet.values());
    for (int i = 0; i < facets.indexOf(facet); i++) {
      ids = Ids.concat(ids, closed(before.get(i)), question(facets.get(i + 1)));
    }
    return ids;
  }
}
