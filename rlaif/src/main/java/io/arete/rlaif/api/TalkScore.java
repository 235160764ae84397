package io.arete.rlaif.api;

import io.arete.rlaif.data.Facet;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run's reward models say of a conversation.
 *
 * @param score the ensemble's, in units of the reference replies' standard deviation; empty if a
 *     reply alone is longer than the reward models read
 * @param facets what each facet's reward model says, in the same units; none without a score
 * @param explanation how the score comes about, a labelled tree of several lines
 */
public record TalkScore(OptionalDouble score, Map<Facet, Double> facets, String explanation) {

  /** Copies the facets. */
  public TalkScore {
    facets = Map.copyOf(facets);
  }
}
