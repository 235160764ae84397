package io.arete.rlaif.ppo;

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
 * From conversations to ensemble scores: each facet's score, the penalty of a facet whose reply was
 * cut off or could not be read, then the ensemble.
 *
 * @param scorer scores in z units
 * @param penalty what a cut-off reply does to its facet's score
 * @param rule how the facets' scores become one
 */
record RolloutScorer(FacetScorer scorer, MissingEndPenalty penalty, EnsembleRule rule) {

  /** Scores in the order of the conversations; {@code prompts} has the prompt of each. */
  List<RolloutScore> score(List<Prompt> prompts, List<Conversation> conversations) {
    Map<Facet, double[]> read = scorer.score(prompts, conversations);
    List<RolloutScore> scores = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      Map<Facet, Double> members = new EnumMap<>(Facet.class);
      int unreadable = 0;
      for (Facet facet : Facet.values()) {
        double z = Objects.requireNonNull(read.get(facet))[i];
        unreadable += Double.isNaN(z) ? 1 : 0;
        members.put(facet, penalty.charge(z, conversations.get(i).reply(facet)));
      }
      scores.add(new RolloutScore(new EnsembleScore(members, rule), unreadable));
    }
    return scores;
  }
}
