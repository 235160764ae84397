package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.ppo.formula.MissingEndPenalty;
import io.arete.rlaif.reward.FacetScorer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Scores conversations as PPO does: each facet's reward model in z units, the charge of a facet
 * whose reply was cut off or could not be read, then the ensemble.
 *
 * @param scorer scores in z units
 * @param rule how members become one
 * @param penalty what cut-off replies do to the score
 */
record ConversationScorer(FacetScorer scorer, EnsembleRule rule, MissingEndPenalty penalty) {

  /** Scored conversations in their order; {@code prompts} has each one's prompt. */
  List<ScoredConversation> score(List<Prompt> prompts, List<Conversation> conversations) {
    Map<Facet, double[]> read = scorer.score(prompts, conversations);
    List<ScoredConversation> scored = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      Map<Facet, Double> said = new EnumMap<>(Facet.class);
      Map<Facet, Double> charged = new EnumMap<>(Facet.class);
      for (Facet facet : Facet.values()) {
        double score = Objects.requireNonNull(read.get(facet))[i];
        said.put(facet, Double.isNaN(score) ? MissingEndPenalty.UNREAD : score);
        charged.put(facet, penalty.charge(score, conversations.get(i).reply(facet)));
      }
      scored.add(
          new ScoredConversation(
              conversations.get(i),
              said,
              charged,
              new EnsembleScore(said, rule).value(),
              new EnsembleScore(charged, rule).value(),
              0));
    }
    return scored;
  }
}
