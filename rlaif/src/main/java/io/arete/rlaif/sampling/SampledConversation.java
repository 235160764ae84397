package io.arete.rlaif.sampling;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A conversation with what the sampler knew of it.
 *
 * @param logProbs log-probability of each token of each reply when it was drawn, {@code [tokens]};
 *     a reply that was given has none
 */
public record SampledConversation(Conversation conversation, Map<Facet, double[]> logProbs) {

  /** Copies the map. */
  public SampledConversation {
    Map<Facet, double[]> copy = new EnumMap<>(Facet.class);
    copy.putAll(logProbs);
    logProbs = Collections.unmodifiableMap(copy);
  }
}
