package io.arete.rlaif.check;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;

/**
 * The conversation that the ensemble chose, against another on the same prompt.
 *
 * @param index of the prompt among those asked
 */
record Duel(Prompt prompt, int index, Conversation chosen, Conversation other) {

  /** Whether both say the same. */
  boolean alike() {
    return chosen.replies().equals(other.replies());
  }
}
