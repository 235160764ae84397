package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A conversation with its scores.
 *
 * @param members each facet's score with the charge for a cut-off reply, z units
 * @param uncharged the ensemble's score without those charges
 * @param score the ensemble's score of the members
 * @param kl summed k1 of its trained replies against the reference, in nats; 0 but for the tuned
 */
public record ScoredConversation(
    Conversation conversation,
    Map<Facet, Double> members,
    double uncharged,
    double score,
    double kl) {

  /** Copies the members. */
  public ScoredConversation {
    members = Collections.unmodifiableMap(new EnumMap<>(members));
  }

  /** One facet's score, z units. */
  public double member(Facet facet) {
    return Objects.requireNonNull(members.get(facet));
  }

  /** The same conversation with its divergence from the reference, in nats. */
  public ScoredConversation withKl(double nats) {
    return new ScoredConversation(conversation, members, uncharged, score, nats);
  }

  ObjectNode toJson() {
    ObjectNode row = conversation.toJson();
    ObjectNode scores = row.putObject("scores");
    members.forEach((facet, z) -> scores.put(facet.wireName(), z));
    scores.put(Outcome.ENSEMBLE_UNCHARGED.wireName(), uncharged);
    scores.put(Outcome.ENSEMBLE.wireName(), score);
    return row.put("kl", kl);
  }

  static ScoredConversation ofJson(JsonNode row) {
    JsonNode scores = row.path("scores");
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      members.put(facet, number(scores, facet.wireName()));
    }
    return new ScoredConversation(
        Conversation.ofJson(row),
        members,
        number(scores, Outcome.ENSEMBLE_UNCHARGED.wireName()),
        number(scores, Outcome.ENSEMBLE.wireName()),
        number(row, "kl"));
  }

  private static double number(JsonNode row, String name) {
    JsonNode value = row.path(name);
    if (!value.isNumber()) {
      throw new AreteException("the field " + name + " is no number; repeat the evaluation");
    }
    return value.doubleValue();
  }
}
