package io.arete.rlaif.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A conversation to look at.
 *
 * @param from what made it, such as {@code iteration 12}
 * @param turns who says what, as it stands in the file, each cut after 2,000 characters
 * @param score in z units, if it has one
 */
public record Talk(String from, List<Turn> turns, OptionalDouble score) {

  private static final int LONGEST = 2000;
  private static final String ITERATION = "iteration";

  /** Copies the turns. */
  public Talk {
    turns = List.copyOf(turns);
  }

  /** Something said: by {@code user}, or as the reply of a facet. */
  public record Turn(String who, String text) {}

  /** The newest of a run: the policy's, or else one of the feedback. */
  static Optional<Talk> newest(Path run) {
    Optional<ObjectNode> shown = LastLine.of(run.resolve("policy/samples.jsonl"));
    Optional<ObjectNode> rolled = LastLine.of(run.resolve("policy/rollouts.jsonl"));
    if (shown.isPresent() && rolled.isPresent()) {
      boolean later = iteration(rolled.get()) > iteration(shown.get());
      return Optional.of(ofPolicy(later ? rolled.get() : shown.get()));
    }
    return rolled
        .or(() -> shown)
        .map(Talk::ofPolicy)
        .or(() -> LastLine.of(run.resolve("feedback/conversations.jsonl")).map(Talk::ofFeedback));
  }

  private static long iteration(ObjectNode row) {
    return row.path(ITERATION).asLong();
  }

  private static Talk ofPolicy(ObjectNode row) {
    return of("iteration " + iteration(row), row);
  }

  private static Talk ofFeedback(ObjectNode row) {
    return of("feedback", row);
  }

  private static Talk of(String from, ObjectNode row) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : row.path("messages")) {
      turns.add(turn(message.path("role").asText(), message.path("content").asText()));
    }
    for (Facet facet : Facet.values()) {
      JsonNode reply = row.path(facet.wireName());
      if (reply.isObject()) {
        turns.add(turn(facet.wireName(), reply.path("text").asText()));
      }
    }
    JsonNode score = row.path("score");
    return new Talk(
        from,
        turns,
        score.isNumber() ? OptionalDouble.of(score.asDouble()) : OptionalDouble.empty());
  }

  private static Turn turn(String who, String text) {
    return new Turn(who, text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
  }
}
