package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What was replied for one facet.
 *
 * @param text the words
 * @param ids the tokens as sampled or first encoded, with the end of turn if there was one; never
 *     encoded again, since a text may have several encodings
 * @param ended why it ended
 */
public record Reply(String text, List<Integer> ids, Ended ended) {

  /** Why a reply ended. */
  public enum Ended {
    /** By its end-of-turn token. */
    TURN,
    /** Cut off at the longest length. */
    LENGTH
  }

  /** Copies the ids. */
  public Reply {
    ids = List.copyOf(ids);
  }

  ObjectNode toJson() {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("text", text);
    ArrayNode list = row.putArray("ids");
    ids.forEach(list::add);
    return row.put("ended", ended == Ended.TURN ? "turn" : "length");
  }

  static Reply ofJson(JsonNode row) {
    return new Reply(
        JsonRow.text(row, "text"),
        JsonRow.wholes(row, "ids"),
        JsonRow.choice(row, "ended", List.of(Ended.values())));
  }
}
