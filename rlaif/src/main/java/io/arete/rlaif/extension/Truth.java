package io.arete.rlaif.extension;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import java.util.Map;
import java.util.Optional;

/**
 * Knows what replies are really worth, as one does where language and worth were made together.
 * Found as a service ({@link java.util.ServiceLoader}).
 */
public interface Truth {

  /** The name that recipes know it by. */
  String name();

  /**
   * What each reply of a conversation is worth as an answer to that prompt.
   *
   * @return for every facet a number from −1 to 1; empty if nothing is known about the prompt
   */
  Optional<Map<Facet, Double>> worth(Prompt prompt, Conversation conversation);

  /**
   * What a reply is to a plain question, which nobody need refuse.
   *
   * @return empty if it is no question whose answer is known
   */
  default Optional<PlainAnswer> plainly(Prompt prompt, String reply) {
    return Optional.empty();
  }
}
