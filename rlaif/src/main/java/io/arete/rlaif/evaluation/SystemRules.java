package io.arete.rlaif.evaluation;

import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules in the system prompt: the other way to make a model behave.
 *
 * @param text of the rules
 */
public record SystemRules(String text) {

  /** The prompt under a system prompt that is the rules, or begins with them. */
  public Prompt over(Prompt prompt) {
    List<Message> messages = new ArrayList<>(prompt.messages());
    if (messages.get(0).role() == Role.SYSTEM) {
      messages.set(0, Message.system(text + "\n" + messages.get(0).content()));
    } else {
      messages.add(0, Message.system(text));
    }
    return Prompt.of(messages);
  }

  /** Conversations that name the prompts as they were put, without the rules. */
  public static List<Conversation> under(List<Prompt> asked, List<Conversation> sampled) {
    List<Conversation> named = new ArrayList<>();
    for (int i = 0; i < sampled.size(); i++) {
      named.add(sampled.get(i).under(asked.get(i)));
    }
    return named;
  }
}
