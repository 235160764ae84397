package io.arete.rlaif.feedback;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two texts on one prompt, of which a labeler says which is better on a facet.
 *
 * @param prompt what was asked, as text
 * @param first what is read of the one conversation
 * @param second what is read of the other
 * @param origin the conversations themselves, where there are some: for a labeler that reads more
 *     than these texts
 */
public record Comparison(
    Facet facet, String prompt, String first, String second, Optional<Origin> origin) {

  /** What the texts were made of. */
  public record Origin(Prompt prompt, Conversation first, Conversation second) {}

  /** A comparison of which nothing but the texts is known. */
  public Comparison(Facet facet, String prompt, String first, String second) {
    this(facet, prompt, first, second, Optional.empty());
  }

  /** The same comparison with the two texts in the other order. */
  public Comparison swapped() {
    return new Comparison(
        facet,
        prompt,
        second,
        first,
        origin.map(from -> new Origin(from.prompt(), from.second(), from.first())));
  }

  /** The conversations; made of the texts, as the facet's replies among empty ones, if need be. */
  Origin conversations() {
    return origin.orElseGet(
        () -> {
          Prompt asked = Prompt.of(List.of(Message.user(prompt)));
          return new Origin(asked, alone(asked, 0, first), alone(asked, 1, second));
        });
  }

  private Conversation alone(Prompt asked, int sample, String text) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet each : Facet.values()) {
      replies.put(each, new Reply(each == facet ? text : "", List.of(), Reply.Ended.TURN));
    }
    return new Conversation(asked.id(), sample, replies, Conversation.Source.MODEL);
  }
}
