package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A talk to learn from: the assistant's messages are what supervised fine-tuning imitates.
 *
 * @param id by its line or pair
 * @param messages at least one of the assistant
 */
public record Dialogue(String id, List<Message> messages) {

  /**
   * Copies the messages.
   *
   * @throws AreteException if the assistant says nothing
   */
  public Dialogue {
    messages = List.copyOf(messages);
    if (messages.stream().noneMatch(message -> message.role() == Role.ASSISTANT)) {
      throw new AreteException("the messages hold none of the assistant to learn from");
    }
  }

  /** A pair's prompt with the reply that people preferred. */
  public static Dialogue ofChosen(HumanPair pair) {
    List<Message> messages = new ArrayList<>(pair.prompt().messages());
    messages.add(Message.assistant(pair.chosen()));
    return new Dialogue(pair.id(), messages);
  }

  /** What the person says first; empty where only the assistant speaks. */
  public String firstWords() {
    return messages.stream()
        .filter(message -> message.role() == Role.USER)
        .findFirst()
        .map(Message::content)
        .orElse("");
  }

  /**
   * The talks of JSON lines with {@code messages}.
   *
   * @param limit the most lines read; 0 = all
   * @throws AreteException that names the first wrong line
   */
  public static List<Dialogue> read(Path file, int limit) {
    return JsonLines.read(
        file,
        limit,
        (line, row) ->
            Optional.of(
                new Dialogue(
                    String.format(Locale.ROOT, "line-%06d", line),
                    MessageJson.read(JsonRow.field(row, "messages"), "messages"))));
  }
}
