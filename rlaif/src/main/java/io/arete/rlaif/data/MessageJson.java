package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.util.ArrayList;
import java.util.List;

/** Messages as JSON: a list of {@code {"role", "content"}}. */
public final class MessageJson {

  private MessageJson() {}

  /**
   * The messages of a JSON list, their contents without surrounding blanks.
   *
   * @param name what messages call the field
   * @throws AreteException if it is not such a list, or empty
   */
  static List<Message> read(JsonNode json, String name) {
    if (!json.isArray() || json.isEmpty()) {
      throw new AreteException(name + " must be a list of messages, each with role and content");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode item : json) {
      Role role = Role.of(JsonRow.text(item, "role"));
      messages.add(new Message(role, JsonRow.text(item, "content").strip()));
    }
    return List.copyOf(messages);
  }

  /** The messages as a JSON list. */
  public static ArrayNode write(List<Message> messages) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Message message : messages) {
      list.addObject().put("role", message.role().wireName()).put("content", message.content());
    }
    return list;
  }
}
