package io.arete.rlaif.sft;

import io.arete.engine.AreteException;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.text.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes examples of talks. */
final class SftTexts {

  private final ConversationEncoder encoder;
  private final int maxTokens;

  SftTexts(ConversationEncoder encoder, int maxTokens) {
    this.encoder = encoder;
    this.maxTokens = maxTokens;
  }

  /**
   * Examples of talks, and how it went.
   *
   * @param examples in the order of the talks
   * @param cut talks that lost tokens from their left
   * @param dropped talks whose last reply alone is too long
   */
  record Encoded(List<SftExample> examples, int cut, int dropped) {}

  Encoded examples(List<Dialogue> dialogues) {
    List<SftExample> examples = new ArrayList<>();
    int cut = 0;
    for (Dialogue dialogue : dialogues) {
      Pieces pieces = pieces(dialogue);
      Optional<SftExample> example = fit(dialogue.id(), pieces);
      example.ifPresent(examples::add);
      cut += example.isPresent() && pieces.ids.length > maxTokens ? 1 : 0;
    }
    return new Encoded(examples, cut, dialogues.size() - examples.size());
  }

  /** All ids of a talk up to its last reply, and where its replies begin and end. */
  private record Pieces(int[] ids, List<int[]> replies) {}

  private Pieces pieces(Dialogue dialogue) {
    List<Message> messages = dialogue.messages();
    int[] ids = {};
    List<int[]> replies = new ArrayList<>();
    try {
      for (int i = 0; i < messages.size(); i++) {
        if (messages.get(i).role() == Role.ASSISTANT) {
          List<Message> before = messages.subList(0, i);
          int[] between =
              replies.isEmpty() ? encoder.promptIds(before) : encoder.afterReply(before);
          int[] reply = encoder.replyIds(messages.get(i).content());
          int start = ids.length + between.length;
          ids = Ids.concat(ids, between, reply);
          replies.add(new int[] {start, start + reply.length});
        }
      }
    } catch (AreteException e) {
      throw new AreteException("The talk " + dialogue.id() + ": " + e.getMessage(), e);
    }
    return new Pieces(ids, replies);
  }

  private Optional<SftExample> fit(String id, Pieces pieces) {
    int removed = Math.max(0, pieces.ids.length - maxTokens);
    // A token is predicted from the one before it, so the first that is left is never learned.
    int[] learned =
        pieces.replies.stream()
            .filter(reply -> reply[0] > removed)
            .flatMapToInt(reply -> IntStream.range(reply[0] - removed, reply[1] - removed))
            .toArray();
    return learned.length == 0
        ? Optional.empty()
        : Optional.of(new SftExample(id, Ids.dropFirst(pieces.ids, removed), learned));
  }
}
