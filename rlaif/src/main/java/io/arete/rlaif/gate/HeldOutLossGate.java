package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/**
 * A model whose held-out loss is no better than ln 2, even with its scores scaled by the one
 * temperature that suits it best, knows nothing about pairs that it has not seen.
 */
public final class HeldOutLossGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "held-out-loss";

  // Knowing nothing may come out an ulp below ln 2.
  private static final double ROUNDING = 1e-9;

  private HeldOutLossGate() {}

  /**
   * Judges a loss.
   *
   * @param loss on one half of the held-out pairs, with the temperature fitted on the other, nats
   * @param n held-out pairs
   */
  public static GateResult of(Facet facet, double loss, long n) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("held-out loss %.4f with a fitted temperature", loss),
        "below ln 2 = 0.6931",
        n,
        loss < Math.log(2) - ROUNDING,
        true,
        "the scores say nothing about pairs that were not trained on",
        "train on more pairs, or for fewer epochs if the training loss is far lower");
  }
}
