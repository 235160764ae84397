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
   * The turns of a transcript, without surrounding blanks.
   *
   * @throws AreteException if it does not begin with one, or one speaker has two turns in a row
   */
  static List<Message> parse(String text) {
    String talk = text.stripLeading();
    Matcher turn = TURN.matcher(talk);
    if (!turn.lookingAt()) {
      throw new AreteException("the transcript does not begin with \"Human:\"");
    }
    List<Message> messages = new ArrayList<>();
    boolean more = true;
    while (more) {
      Role role = turn.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
      int start = turn.end();
      more = turn.find();
      messages.add(
          new Message(role, talk.substring(start, more ? turn.start() : talk.length()).strip()));
    }
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role() != (i % 2 == 0 ? Role.USER : Role.ASSISTANT)) {
        throw new AreteException("the turns do not alternate, beginning with \"Human:\"");
      }
    }
    return messages;
  }
}
