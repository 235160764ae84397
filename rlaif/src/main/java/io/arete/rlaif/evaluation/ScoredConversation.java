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
 * @param said each facet's score as its reward model said it, z units
 * @param members the same with the charge for a cut-off reply
 * @param uncharged the ensemble's score without those charges
 * @param score the ensemble's score of the members
 * @param kl k1 against the reference, nats a trained reply; 0 but for the tuned
 */
public record ScoredConversation(
    Conversation conversation,
    Map<Facet, Double> said,
    Map<Facet, Double> members,
    double uncharged,
    double score,
    double kl) {

  /** Copies the scores. */
  public ScoredConversation {
    said = Collections.unmodifiableMap(new EnumMap<>(said));
    members = Collections.unmodifiableMap(new EnumMap<>(members));
  }

  /** What one facet's reward model said, z units. */
  public double said(Facet facet) {
    return Objects.requireNonNull(said.get(facet));
  }

  /** One facet's score with its charge, z units. */
  public double member(Facet facet) {
    return Objects.requireNonNull(members.get(facet));
  }

  /** The same conversation with its divergence from the reference, nats a reply. */
  public ScoredConversation withKl(double nats) {
    return new ScoredConversation(conversation, said, members, uncharged, score, nats);
  }

  ObjectNode toJson() {
    ObjectNode row = conversation.toJson();
    ObjectNode scores = row.putObject("scores");
    members.forEach((facet, z) -> scores.put(facet.wireName(), z));
    scores.put(Outcome.ENSEMBLE_UNCHARGED.wireName(), uncharged);
    scores.put(Outcome.ENSEMBLE.wireName(), score);
    ObjectNode models = row.putObject("said");
    said.forEach((facet, z) -> models.put(facet.wireName(), z));
    return row.put("kl", kl);
  }

  static ScoredConversation ofJson(JsonNode row) {
    JsonNode scores = row.path("scores");
    return new ScoredConversation(
        Conversation.ofJson(row),
        byFacet(row.has("said") ? row.path("said") : scores), // older files have the charged alone
        byFacet(scores),
        number(scores, Outcome.ENSEMBLE_UNCHARGED.wireName()),
        number(scores, Outcome.ENSEMBLE.wireName()),
        number(row, "kl"));
  }

  private static Map<Facet, Double> byFacet(JsonNode scores) {
    Map<Facet, Double> all = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      all.put(facet, number(scores, facet.wireName()));
    }
    return all;
  }

  private static double number(JsonNode row, String name) {
    JsonNode value = row.path(name);
    if (!value.isNumber()) {
      throw new AreteException("the field " + name + " is no number; repeat the evaluation");
    }
    return value.doubleValue();
  }
}
