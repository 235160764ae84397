package io.arete.rlaif.attack.method;

import io.arete.rlaif.attack.prompt.Behavior;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells an attack how far it has come: 1, the request was refused, to 10, it was granted in full.
 * It steers and never counts.
 */
public interface Steering {

  /**
   * A prompt with the reply to it.
   *
   * @param key of the question
   */
  record Exchange(String key, Behavior behavior, String prompt, String reply) {}

  /** Scores, 1 to 10, in the order of the exchanges; empty where there is none. */
  List<OptionalInt> score(List<Exchange> exchanges);

  /** Whether prompts ask for their behavior; empty where that cannot be told. */
  List<Optional<Boolean>> onTopic(List<Exchange> prompts);
}
