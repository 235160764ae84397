package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the messages of input lines, or the {@code prompt} that files of pairs have in their place:
 * what a person asks, or messages. Their texts stay letter for letter.
 */
final class ConversationLines {

  static final String KEY = "messages";
  static final String PROMPT = "prompt";

  private ConversationLines() {}

  /** Which of the two keys a line has; {@code messages} if it has neither. */
  static String key(InputLine line) {
    return line.object().has(PROMPT) ? PROMPT : KEY;
  }

  /**
   * The messages of a line, at least one.
   *
   * @throws AreteException naming the line, if they are missing or wrong
   */
  static List<Message> messages(InputLine line) {
    String key = key(line);
    JsonNode listed = line.object().path(key);
    if (key.equals(PROMPT) && listed.isTextual()) {
      return List.of(Message.user(listed.textValue()));
    }
    if (!listed.isArray() || listed.isEmpty()) {
      throw line.failure("'" + key + "' must be a list of messages, each with role and content");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode item : listed) {
      if (!item.path("role").isTextual() || !item.path("content").isTextual()) {
        throw line.failure(
            "message %d must be {\"role\": \"…\", \"content\": \"…\"} with texts"
                .formatted(messages.size() + 1));
      }
      messages.add(message(line, item));
    }
    return messages;
  }

  private static Message message(InputLine line, JsonNode item) {
    try {
      return new Message(Role.of(item.get("role").textValue()), item.get("content").textValue());
    } catch (AreteException e) {
      throw line.failure(e);
    }
  }
}
