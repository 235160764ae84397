package io.arete.cli.bench;

import java.util.Locale;

/** What an iteration of PPO does, one after the other. */
enum PpoPhase {
  /** Replies are sampled. */
  GENERATING,
  /** Reward models read them. */
  SCORING,
  /** The reference's log-probabilities are read. */
  REFERENCE,
  /** The policy is trained; a critic on its adapter, too. */
  POLICY,
  /** A critic of its own is trained. */
  CRITIC,
  /** Optimizers step. */
  STEPS;

  /** As it is printed. */
  String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
