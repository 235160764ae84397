package io.arete.rlaif.sampling;

import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation to be sampled.
 *
 * @param prompt what is asked
 * @param drawnAs the id of the prompt whose draws it gets; its own, but where one request is put in
 *     several ways that are compared
 * @param sample which of the prompt's conversations, from 0
 * @param action the action if it is given, as from people's data; sampled if not
 */
public record ConversationRequest(
    Prompt prompt, String drawnAs, int sample, Optional<Reply> action) {

  /** So many conversations of each prompt, prompt by prompt. */
  public static List<ConversationRequest> each(List<Prompt> prompts, int samples) {
    List<ConversationRequest> requests = new ArrayList<>();
    for (Prompt prompt : prompts) {
      for (int sample = 0; sample < samples; sample++) {
        requests.add(new ConversationRequest(prompt, sample, Optional.empty()));
      }
    }
    return requests;
  }

  /** A conversation with its prompt's own draws. */
  public ConversationRequest(Prompt prompt, int sample, Optional<Reply> action) {
    this(prompt, prompt.id(), sample, action);
  }
}
