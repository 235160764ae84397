package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;

/**
 * Holds scores near 0, so that a few extreme ones do not decide a round.
 *
 * <p>s' = max(−c, min(c, s)); c = distance. It is applied to a score before the divergence from the
 * reference is charged, where a facet's share is rewarded by itself to each share.
 *
 * @param distance c, z units, above 0; 0 leaves scores as they are
 */
@Formula(paper = "Engstrom et al. 2020, Implementation Matters in Deep RL", eq = "reward clipping")
public record ScoreClip(double distance) {

  /** Rejects a distance that is negative or no number. */
  public ScoreClip {
    if (!(distance >= 0)) {
      throw new IllegalArgumentException(
          "score clip is " + distance + " but must be above 0, or 0 for none");
    }
  }

  /** The score that is rewarded. */
  public double of(double score) {
    return distance == 0 ? score : Math.max(-distance, Math.min(distance, score));
  }
}
