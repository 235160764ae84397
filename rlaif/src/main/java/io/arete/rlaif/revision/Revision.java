package io.arete.rlaif.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.Prompt;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply, and how it was bettered.
 *
 * @param reply the first
 * @param rounds in their order
 */
record Revision(Prompt prompt, String reply, List<Round> rounds) {

  Revision {
    rounds = List.copyOf(rounds);
  }

  /**
   * One critique and what came of it.
   *
   * @param virtue by which the reply was criticised
   * @param revision the new reply
   * @param taken whether it takes the place of the one before: it ended by itself and says
   *     something
   */
  record Round(String virtue, String critique, String revision, boolean taken) {}

  /** The reply after all rounds. */
  String last() {
    String last = reply;
    for (Round round : rounds) {
      last = round.taken() ? round.revision() : last;
    }
    return last;
  }

  /** Whether any round changed the reply. */
  boolean revised() {
    return rounds.stream().anyMatch(Round::taken);
  }

  /** What is learned: the prompt with the last reply. */
  Dialogue dialogue() {
    List<Message> messages = new ArrayList<>(prompt.messages());
    messages.add(Message.assistant(last()));
    return new Dialogue("revised-" + prompt.id(), messages);
  }

  Revision with(Round round) {
    List<Round> all = new ArrayList<>(rounds);
    all.add(round);
    return new Revision(prompt, reply, all);
  }

  ObjectNode toJson() {
    ObjectNode row = prompt.toJson();
    row.put("reply", reply);
    ArrayNode all = row.putArray("rounds");
    for (Round round : rounds) {
      all.addObject()
          .put("virtue", round.virtue())
          .put("critique", round.critique())
          .put("revision", round.revision())
          .put("taken", round.taken());
    }
    return row;
  }

  static Revision ofJson(ObjectNode row) {
    List<Round> rounds = new ArrayList<>();
    for (JsonNode round : row.path("rounds")) {
      rounds.add(
          new Round(
              round.path("virtue").asText(),
              round.path("critique").asText(),
              round.path("revision").asText(),
              round.path("taken").asBoolean()));
    }
    return new Revision(Prompt.ofRow(row), row.path("reply").asText(), rounds);
  }
}
