package io.arete.rlaif.ppo;

import io.arete.rlaif.ensemble.EnsembleScore;

/**
 * What a conversation earned.
 *
 * @param ensemble the facets' scores after penalties, z units
 * @param unreadable how many of its replies were too long for their reward model
 */
record RolloutScore(EnsembleScore ensemble, int unreadable) {

  /** The ensemble score, z units. */
  double value() {
    return ensemble.value();
  }
}
