package io.arete.rlaif.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model said.
 *
 * @param text its reply
 * @param first the likeliest first tokens of the reply; empty if the server does not tell them
 * @param tokens paid for, prompt and reply
 * @param cut whether the reply ended because it was as long as it might be
 */
public record ChatAnswer(String text, List<TokenLogProb> first, long tokens, boolean cut) {

  /** An answer that ended by itself, or of which nobody asks whether it did. */
  public ChatAnswer(String text, List<TokenLogProb> first, long tokens) {
    this(text, first, tokens, false);
  }

  /** Copies the tokens. */
  public ChatAnswer {
    first = List.copyOf(first);
  }

  /** Adds the answer to a row of the cache. */
  void write(ObjectNode row) {
    row.put("text", text).put("tokens", tokens);
    if (cut) {
      row.put("cut", true);
    }
    ArrayNode list = row.putArray("first");
    first.forEach(one -> list.addArray().add(one.token()).add(one.logProb()));
  }

  /** The answer that {@link #write} left in a row. */
  static ChatAnswer read(JsonNode row) {
    List<TokenLogProb> first = new ArrayList<>();
    for (JsonNode pair : row.path("first")) {
      if (!pair.path(0).isTextual() || !pair.path(1).isNumber()) {
        throw new AreteException("the field first must be pairs of a token and a number");
      }
      first.add(new TokenLogProb(pair.path(0).textValue(), pair.path(1).doubleValue()));
    }
    if (!row.path("text").isTextual() || !row.path("tokens").canConvertToLong()) {
      throw new AreteException("the fields text and tokens must be a text and a whole number");
    }
    return new ChatAnswer(
        row.path("text").textValue(),
        first,
        row.path("tokens").longValue(),
        row.path("cut").asBoolean());
  }
}
