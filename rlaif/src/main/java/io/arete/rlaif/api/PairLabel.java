package io.arete.rlaif.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a labeler says of a pair.
 *
 * @param p probability that the first reply is better, 0 to 1
 * @param logOdds the same as log-odds, nats
 * @param tie whether it is too close to one half to teach
 * @param positionBias how far the labeler leaned towards what is shown first, nats; it is averaged
 *     out of {@code p}
 * @param votes each virtue's log-odds, nats
 */
public record PairLabel(
    double p, double logOdds, boolean tie, double positionBias, Map<String, Double> votes) {

  /** Copies the votes. */
  public PairLabel {
    votes = Collections.unmodifiableMap(new LinkedHashMap<>(votes));
  }
}
