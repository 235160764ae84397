package io.arete.rlaif.reward;

import io.arete.engine.Formula;

/**
 * Draws labels towards one half, as if a share of them had been drawn by lot: p (1 − s) + s / 2.
 * Scores then need not grow without end to meet a hard label.
 *
 * @param share s, from 0 to below 1; 0 leaves labels as they are
 */
@Formula(
    paper = "Szegedy et al. 2016, Rethinking the Inception Architecture, section 7",
    eq = "label smoothing, two classes")
public record LabelSmoothing(double share) {

  /** Rejects a share that would turn labels round. */
  public LabelSmoothing {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "label smoothing is " + share + " but must be from 0 to below 1");
    }
  }

  /** The smoothed label; p in [0, 1]. */
  public double of(double p) {
    PairwiseLoss.requireProbability(p);
    return p * (1 - share) + share / 2;
  }
}
