package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A prompt's three replies.
 *
 * @param promptId of the prompt
 * @param sample which of the prompt's conversations, from 0
 * @param replies one for every facet
 * @param source who gave the action
 */
public record Conversation(String promptId, int sample, Map<Facet, Reply> replies, Source source) {

  /** Who gave the action; the other two replies are always the model's. */
  public enum Source {
    /** The model. */
    MODEL,
    /** A data set of people's preferences. */
    HUMAN
  }

  /**
   * Copies the replies.
   *
   * @throws AreteException if a facet has none, or the sample is negative
   */
  public Conversation {
    if (replies.size() != Facet.values().length || sample < 0) {
      throw new AreteException(
          "a conversation needs a sample from 0 and a reply for every facet, but has sample "
              + sample
              + " and replies for "
              + replies.keySet());
    }
    replies = Collections.unmodifiableMap(new EnumMap<>(replies));
  }

  /** The reply for that facet. */
  public Reply reply(Facet facet) {
    Reply reply = replies.get(facet);
    if (reply == null) {
      throw new IllegalStateException("Checked at construction: a reply for " + facet);
    }
    return reply;
  }

  /** The same conversation under the name of another prompt. */
  public Conversation under(Prompt prompt) {
    return new Conversation(prompt.id(), sample, replies, source);
  }

  /** The conversation as one JSON object, read back by {@link #ofJson}. */
  public ObjectNode toJson() {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt_id", promptId)
            .put("sample", sample)
            .put("source", source.name().toLowerCase(Locale.ROOT));
    replies.forEach((facet, reply) -> row.set(facet.wireName(), reply.toJson()));
    return row;
  }

  /**
   * The conversation of a JSON object.
   *
   * @throws AreteException that names the wrong field
   */
  public static Conversation ofJson(JsonNode row) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, Reply.ofJson(JsonRow.field(row, facet.wireName())));
    }
    return new Conversation(
        JsonRow.text(row, "prompt_id"),
        JsonRow.whole(row, "sample"),
        replies,
        JsonRow.choice(row, "source", List.of(Source.values())));
  }
}
