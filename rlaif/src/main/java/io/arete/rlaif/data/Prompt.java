package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is asked: the messages up to and including the last one of the person.
 *
 * @param id of the content: equal messages have equal ids, whatever file they came from
 * @param messages at least one; the last is the person's
 */
public record Prompt(String id, List<Message> messages) {

  /**
   * Copies the messages.
   *
   * @throws AreteException if they do not end with what a person asks
   */
  public Prompt {
    messages = List.copyOf(messages);
    if (messages.isEmpty() || messages.get(messages.size() - 1).role() != Role.USER) {
      throw new AreteException("a prompt must end with a message of the user");
    }
  }

  /** The prompt of those messages; what follows the last one of the person is left out. */
  public static Prompt of(List<Message> messages) {
    int end = messages.size();
    while (end > 0 && messages.get(end - 1).role() != Role.USER) {
      end--;
    }
    List<Message> asked = messages.subList(0, end);
    return new Prompt(Sha256.hex(MessageJson.write(asked).toString()).substring(0, 16), asked);
  }

  /** What the person says first. */
  public String firstWords() {
    return messages.stream()
        .filter(message -> message.role() == Role.USER)
        .findFirst()
        .map(Message::content)
        .orElseThrow();
  }

  /**
   * What is asked, as one text: a single message as it is; of several, each with its speaker.
   *
   * @param each what becomes of every message's content
   */
  public String text(UnaryOperator<String> each) {
    return messages.size() == 1
        ? each.apply(messages.get(0).content())
        : messages.stream()
            .map(message -> speaker(message) + ": " + each.apply(message.content()))
            .collect(Collectors.joining("\n\n"));
  }

  private static String speaker(Message message) {
    String speaker = message.role().wireName();
    return speaker.substring(0, 1).toUpperCase(Locale.ROOT) + speaker.substring(1);
  }

  /** The prompt as a JSON object with {@code id} and {@code messages}. */
  public ObjectNode toJson() {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", id);
    row.set("messages", MessageJson.write(messages));
    return row;
  }

  /**
   * The prompt of a row with {@code prompt} (a text, a transcript, or messages) or {@code
   * messages}.
   *
   * @throws AreteException that names the wrong field
   */
  public static Prompt ofRow(ObjectNode row) {
    JsonNode prompt = row.get("prompt");
    return prompt == null
        ? of(MessageJson.read(JsonRow.field(row, "messages"), "messages"))
        : of(Transcript.messages(prompt, "prompt"));
  }
}
