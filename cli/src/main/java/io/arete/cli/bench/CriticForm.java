package io.arete.cli.bench;

/** What the measured critic stands on. */
enum CriticForm {
  /** On an adapter of its own. */
  OWN,
  /** On the policy's: a head, and one pass for both. */
  SHARED
}
