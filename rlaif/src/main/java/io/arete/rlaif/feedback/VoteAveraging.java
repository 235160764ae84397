package io.arete.rlaif.feedback;

/** How votes become one probability. */
public enum VoteAveraging {
  /** Log-odds are averaged over orders and virtues; a lean towards a position cancels. */
  LOG_ODDS,
  /** Probabilities are averaged; a strong lean pulls every label towards one half. */
  PROBABILITY
}
