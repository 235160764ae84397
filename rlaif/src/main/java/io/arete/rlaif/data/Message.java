package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one speaker says.
 *
 * @param role who speaks
 * @param content the words
 */
public record Message(Role role, String content) {

  /** What the person says. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  /** What the model says. */
  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }

  /**
   * The messages of a JSON list of {@code {"role", "content"}}.
   *
   * @throws AreteException if it is not such a list, or empty; the sentence has no place in it
   */
  static List<Message> listOf(JsonNode json, String name) {
    if (!json.isArray() || json.isEmpty()) {
      throw new AreteException(name + " must be a list of messages, each with role and content");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode item : json) {
      messages.add(
          new Message(
              Role.ofWireName(JsonRow.text(item, "role")), JsonRow.text(item, "content").strip()));
    }
    return List.copyOf(messages);
  }

  /** The messages as a JSON list of {@code {"role", "content"}}. */
  static ArrayNode json(List<Message> messages) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Message message : messages) {
      list.addObject().put("role", message.role().wireName()).put("content", message.content());
    }
    return list;
  }
}
