package io.arete.rlaif.reward;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import java.util.List;
import java.util.Map;

/** Scores conversations on every facet that it knows. */
@FunctionalInterface
public interface FacetScorer {

  /**
   * Scores of conversations, in their order.
   *
   * @param prompts the prompt of each conversation
   * @return for each facet one score a conversation, higher is better; NaN where the facet's reply
   *     alone is too long to be read
   */
  Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations);
}
