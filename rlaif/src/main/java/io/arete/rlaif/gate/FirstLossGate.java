package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/**
 * A reward model that has seen nothing must give every pair even odds: its first loss is ln 2. If
 * not, the head is too large, or it is read at another token than it is trained at.
 */
public final class FirstLossGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "first-loss";

  private FirstLossGate() {}

  /**
   * Judges a first loss.
   *
   * @param loss mean over the pairs, nats
   * @param pairs it was measured on
   * @param tolerance how far from ln 2 it may be
   * @param neededPairs with fewer, a failure only warns
   */
  public static GateResult of(
      Facet facet, double loss, long pairs, double tolerance, int neededPairs) {
    boolean passed = Math.abs(loss - Math.log(2)) <= tolerance;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("first loss %.4f", loss),
        Text.of("ln 2 = 0.6931 +- %s", tolerance),
        pairs,
        passed,
        pairs >= neededPairs,
        "the untrained head already prefers some texts",
        "check that the head starts near zero and reads the end of the facet's reply");
  }
}
