package io.arete.rlaif.ppo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.text.TrainedTokens;

/**
 * A conversation that the policy sampled, scored.
 *
 * @param tokens what of it is trained
 * @param samplingLogprobs {@code [tokens]}: log-probabilities of the trained tokens when they were
 *     drawn; only compared with those of the forward pass, never learned from
 * @param score what it earned
 */
record Rollout(
    Prompt prompt,
    Conversation conversation,
    TrainedTokens tokens,
    double[] samplingLogprobs,
    RolloutScore score) {

  /** The rollout for people to read. */
  ObjectNode toJson(long iteration) {
    ObjectNode row = prompt.toJson();
    row.remove("id");
    row.put("iteration", iteration).put("score", score.value());
    ObjectNode members = row.putObject("scores");
    score.ensemble().members().forEach((facet, z) -> members.put(facet.wireName(), z));
    row.setAll(conversation.toJson());
    return row;
  }
}
