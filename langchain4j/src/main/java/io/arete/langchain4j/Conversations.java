package io.arete.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.arete.engine.text.Message;
import java.util.List;

/** langchain4j's messages as Arete's. */
final class Conversations {

  private Conversations() {}

  /**
   * The same messages.
   *
   * @throws UnsupportedFeatureException if one is no text of the system, the user or the assistant
   */
  static List<Message> of(List<ChatMessage> messages) {
    return messages.stream().map(Conversations::of).toList();
  }

  private static Message of(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return Message.system(system.text());
    }
    if (message instanceof UserMessage user && user.hasSingleText()) {
      return Message.user(user.singleText());
    }
    if (message instanceof AiMessage reply && !reply.hasToolExecutionRequests()) {
      String text = reply.text();
      return Message.assistant(text == null ? "" : text);
    }
    throw new UnsupportedFeatureException(
        "A message of the type "
            + message.type()
            + " is more than one text of the system, the user or the assistant, which is all that"
            + " this model reads.");
  }
}
