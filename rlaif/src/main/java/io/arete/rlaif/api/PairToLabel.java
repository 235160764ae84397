package io.arete.rlaif.api;

import io.arete.engine.text.Message;
import java.util.List;

/**
 * Two replies to one prompt.
 *
 * @param prompt at least one message; the last is the user's
 */
public record PairToLabel(List<Message> prompt, String first, String second) {

  /** Copies the prompt. */
  public PairToLabel {
    prompt = List.copyOf(prompt);
  }

  /** Two replies to a single message of the user. */
  public static PairToLabel of(String prompt, String first, String second) {
    return new PairToLabel(List.of(Message.user(prompt)), first, second);
  }
}
