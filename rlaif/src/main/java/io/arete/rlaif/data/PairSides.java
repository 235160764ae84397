package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two talks of a row, each of which ends with the reply that is compared.
 *
 * @param firstName what the row calls the first
 * @param first messages of the one talk
 * @param secondName what the row calls the second
 * @param second messages of the other
 * @param form how the row writes them
 */
public record PairSides(
    String firstName, List<Message> first, String secondName, List<Message> second, Form form) {

  /** How a row writes a pair. */
  public enum Form {
    /** A text as prompt, and texts as replies. */
    PLAIN,
    /** Texts in the form of hh-rlhf, with turns of a human and an assistant. */
    TRANSCRIPT,
    /** Lists of messages. */
    MESSAGES
  }

  /** Copies the messages. */
  public PairSides {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  /**
   * The sides that a row has under those names: replies to {@code prompt}, or without one whole
   * talks.
   *
   * @throws io.arete.engine.AreteException if a side is neither a text nor messages, or a whole
   *     talk does not begin with a turn of the person
   */
  public static PairSides of(
      Optional<JsonNode> prompt,
      String firstName,
      JsonNode first,
      String secondName,
      JsonNode second) {
    Form form = form(prompt, first, second);
    if (prompt.isEmpty()) {
      return new PairSides(
          firstName, whole(first, firstName), secondName, whole(second, secondName), form);
    }
    List<Message> asked = Transcript.messages(prompt.get(), "prompt");
    // Transcripts given as prompts often end with an empty turn for the reply to stand in.
    Message last = asked.get(asked.size() - 1);
    boolean open = last.role() == Role.ASSISTANT && last.content().isEmpty();
    List<Message> before = open ? asked.subList(0, asked.size() - 1) : asked;
    return new PairSides(
        firstName,
        after(before, first, firstName),
        secondName,
        after(before, second, secondName),
        form);
  }

  /** The sides of a row with {@code chosen}, {@code rejected} and perhaps {@code prompt}. */
  static PairSides ofChosen(ObjectNode row) {
    return of(
        Optional.ofNullable(row.get("prompt")),
        "chosen",
        JsonRow.field(row, "chosen"),
        "rejected",
        JsonRow.field(row, "rejected"));
  }

  /** Why these are no two replies to one prompt, if so. */
  public Optional<String> fault() {
    if (!endsWithReply(first) || !endsWithReply(second)) {
      return Optional.of("it does not end with a reply of the assistant to a user");
    }
    if (!asked(first).equals(asked(second))) {
      return Optional.of(firstName + " and " + secondName + " differ before their last reply");
    }
    if (firstReply().isEmpty()) {
      return Optional.of("the " + firstName + " reply is empty");
    }
    if (secondReply().isEmpty()) {
      return Optional.of("the " + secondName + " reply is empty");
    }
    return firstReply().equals(secondReply())
        ? Optional.of("both replies are the same")
        : Optional.empty();
  }

  /** What both reply to, if there is no {@link #fault}. */
  public Prompt prompt() {
    return Prompt.of(asked(first));
  }

  /** The last words of the first talk. */
  public String firstReply() {
    return reply(first);
  }

  /** The last words of the second talk. */
  public String secondReply() {
    return reply(second);
  }

  /** The pair as {@code prompt}, {@code chosen} and {@code rejected}, in the form of its row. */
  public ObjectNode preference(boolean firstChosen) {
    List<Message> asked = asked(first);
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.set("prompt", writtenPrompt(asked));
    row.set("chosen", writtenReply(firstChosen ? firstReply() : secondReply()));
    row.set("rejected", writtenReply(firstChosen ? secondReply() : firstReply()));
    return row;
  }

  private JsonNode writtenPrompt(List<Message> asked) {
    return switch (form) {
      case PLAIN -> JsonNodeFactory.instance.textNode(asked.get(0).content());
      case TRANSCRIPT -> JsonNodeFactory.instance.textNode(Transcript.opening(asked));
      case MESSAGES -> MessageJson.write(asked);
    };
  }

  private JsonNode writtenReply(String reply) {
    return switch (form) {
      case PLAIN -> JsonNodeFactory.instance.textNode(reply);
      case TRANSCRIPT -> JsonNodeFactory.instance.textNode(" " + reply);
      case MESSAGES -> MessageJson.write(List.of(Message.assistant(reply)));
    };
  }

  private static Form form(Optional<JsonNode> prompt, JsonNode first, JsonNode second) {
    if (prompt.filter(JsonNode::isArray).isPresent() || first.isArray() || second.isArray()) {
      return Form.MESSAGES;
    }
    boolean plain = prompt.isPresent() && !Transcript.isTranscript(prompt.get().asText());
    return plain ? Form.PLAIN : Form.TRANSCRIPT;
  }

  private static List<Message> whole(JsonNode side, String name) {
    return side.isTextual() ? Transcript.parse(side.textValue()) : MessageJson.read(side, name);
  }

  /** A list of messages may repeat the prompt, as published data does. */
  private static List<Message> after(List<Message> asked, JsonNode side, String name) {
    List<Message> talk = new ArrayList<>(asked);
    if (side.isTextual()) {
      talk.add(Message.assistant(side.textValue().strip()));
      return talk;
    }
    List<Message> messages = MessageJson.read(side, name);
    boolean repeated =
        messages.size() > asked.size() && messages.subList(0, asked.size()).equals(asked);
    if (repeated) {
      return messages;
    }
    talk.addAll(messages);
    return talk;
  }

  private static boolean endsWithReply(List<Message> talk) {
    int size = talk.size();
    return size >= 2
        && talk.get(size - 1).role() == Role.ASSISTANT
        && talk.get(size - 2).role() == Role.USER;
  }

  private static List<Message> asked(List<Message> talk) {
    return talk.subList(0, talk.size() - 1);
  }

  private static String reply(List<Message> talk) {
    return talk.get(talk.size() - 1).content();
  }
}
