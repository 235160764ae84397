package io.arete.rlaif.sampling;

import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import java.util.Optional;

/**
 * A conversation to be sampled.
 *
 * @param prompt what is asked
 * @param sample which of the prompt's conversations, from 0
 * @param action the action if it is given, as from people's data; sampled if not
 */
public record ConversationRequest(Prompt prompt, int sample, Optional<Reply> action) {}
