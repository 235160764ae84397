package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.util.List;
import java.util.Locale;

/**
 * Two conversations on one prompt and facet, and which is better.
 *
 * @param id unique within its facet
 * @param promptId of both conversations' prompt
 * @param facet on which they are compared
 * @param first sample of the one
 * @param second sample of the other
 * @param p probability that the first is better, 0 to 1
 * @param margin how much better, in log-odds; its sign agrees with p
 * @param source who said so
 * @param inherited whether the label was given for another facet
 */
public record PreferencePair(
    String id,
    String promptId,
    Facet facet,
    int first,
    int second,
    double p,
    double margin,
    Source source,
    boolean inherited) {

  /** Who said which is better. */
  public enum Source {
    /** People. */
    HUMAN,
    /** A model on this machine. */
    LOCAL,
    /** A model behind a server. */
    ENDPOINT,
    /** Whoever knows what replies are really worth. */
    TRUTH,
    /** Several labelers together. */
    COMMITTEE
  }

  /**
   * Checks the numbers.
   *
   * @throws AreteException if p is no probability, the margin is not finite, or both conversations
   *     are the same
   */
  public PreferencePair {
    if (!(p >= 0 && p <= 1)) {
      throw new AreteException("the field p is " + p + " but must be from 0 to 1");
    }
    if (!Double.isFinite(margin)) {
      throw new AreteException("the field margin is " + margin + " but must be a number");
    }
    if (first < 0 || second < 0 || first == second) {
      throw new AreteException(
          "the fields first and second are "
              + first
              + " and "
              + second
              + " but must be two samples from 0");
    }
  }

  /** The pair as one JSON object, read back by {@link #ofJson}. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("prompt_id", promptId)
        .put("facet", facet.wireName())
        .put("first", first)
        .put("second", second)
        .put("p", p)
        .put("margin", margin)
        .put("source", source.name().toLowerCase(Locale.ROOT))
        .put("inherited", inherited);
  }

  /**
   * The pair of a JSON object.
   *
   * @throws AreteException that names the wrong field
   */
  public static PreferencePair ofJson(JsonNode row) {
    return new PreferencePair(
        JsonRow.text(row, "id"),
        JsonRow.text(row, "prompt_id"),
        JsonRow.choice(row, "facet", List.of(Facet.values())),
        JsonRow.whole(row, "first"),
        JsonRow.whole(row, "second"),
        JsonRow.number(row, "p"),
        JsonRow.number(row, "margin"),
        JsonRow.choice(row, "source", List.of(Source.values())),
        JsonRow.flag(row, "inherited"));
  }
}
