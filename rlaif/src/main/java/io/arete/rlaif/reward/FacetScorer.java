package io.arete.rlaif.reward;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import java.util.List;

/** Scores conversations on one facet. */
@FunctionalInterface
public interface FacetScorer {

  /**
   * Scores of conversations, in their order.
   *
   * @param prompts the prompt of each conversation
   * @return one score for each, higher is better; NaN where the facet's reply alone is too long to
   *     be read
   */
  double[] score(Facet facet, List<Prompt> prompts, List<Conversation> conversations);
}
