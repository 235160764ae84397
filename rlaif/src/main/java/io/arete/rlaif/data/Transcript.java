package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads talks in the form of hh-rlhf: {@code "\n\nHuman: …\n\nAssistant: …"}. Source of the form:
 * Bai et al., "Training a Helpful and Harmless Assistant with RLHF", 2022, and its data set.
 */
final class Transcript {

  private static final Pattern TURN = Pattern.compile("(?:^|\\n\\n)(Human|Assistant):");

  private Transcript() {}

  /**
   * The messages of a text or of a JSON list. A text without turns is what the person says.
   *
   * @param name what messages call the field
   */
  static List<Message> messages(JsonNode value, String name) {
    if (!value.isTextual()) {
      return MessageJson.read(value, name);
    }
    String text = value.textValue();
    return isTranscript(text) ? parse(text) : List.of(Message.user(text.strip()));
  }

  /** Whether the text begins with a turn. */
  static boolean isTranscript(String text) {
    return TURN.matcher(text.stripLeading()).lookingAt();
  }

  /**
   * The turns of a transcript, without surrounding blanks. Turns of one speaker in a row, which
   * published data has, become one with a blank line between.
   *
   * @throws AreteException if it does not begin with a turn of the person
   */
  static List<Message> parse(String text) {
    String talk = text.stripLeading();
    Matcher turn = TURN.matcher(talk);
    if (!turn.lookingAt() || role(turn) != Role.USER) {
      throw new AreteException("the transcript does not begin with \"Human:\"");
    }
    List<Message> messages = new ArrayList<>();
    boolean more = true;
    while (more) {
      Role role = role(turn);
      int start = turn.end();
      more = turn.find();
      append(messages, role, talk.substring(start, more ? turn.start() : talk.length()).strip());
    }
    return messages;
  }

  /** The messages as a transcript, up to where the assistant's next reply begins. */
  static String opening(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      String speaker = message.role() == Role.ASSISTANT ? "Assistant" : "Human";
      text.append("\n\n").append(speaker).append(": ").append(message.content());
    }
    return text.append("\n\nAssistant:").toString();
  }

  private static void append(List<Message> messages, Role role, String content) {
    int last = messages.size() - 1;
    if (last >= 0 && messages.get(last).role() == role) {
      String joined = (messages.get(last).content() + "\n\n" + content).strip();
      messages.set(last, new Message(role, joined));
    } else {
      messages.add(new Message(role, content));
    }
  }

  private static Role role(Matcher turn) {
    return turn.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
  }
}
