package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** A policy that has found one reply for everything is rewarded for it, and is of no use. */
public final class VarietyGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "reply-variety";

  /** Fewer replies share words by chance, or do not. */
  private static final int FEWEST = 16;

  private VarietyGate() {}

  /**
   * Judges the share of pairs of neighbouring tokens that no other pair of an iteration's replies
   * is like. Iterations have as many replies as one another, so their shares can be compared.
   *
   * @param first share in the first iteration
   * @param now in the last one
   * @param replies of the last one
   * @param warn a smaller part of the first share warns
   * @param stop a smaller part of it stops
   */
  public static GateResult of(
      Facet facet, double first, double now, long replies, double warn, double stop) {
    String threshold =
        Text.of("at least %s of the first share; under %s stops", Math.max(warn, stop), stop);
    if (replies < FEWEST) {
      return GateResult.cannotTell(
          NAME,
          facet.wireName(),
          threshold,
          replies,
          Text.of("fewer than %d replies an iteration", FEWEST),
          "raise ppo.prompts_per_iteration");
    }
    double part = first > 0 ? now / first : 1;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%.2f of the pairs of tokens differ, %.2f of the share at first", now, part),
        threshold,
        replies,
        part >= Math.max(warn, stop),
        !(part >= stop),
        "replies have become one another, whatever is asked",
        "raise ppo.kl_coefficient (or ppo.kl: adaptive), and see what the reward models do"
            + " on pairs of like length");
  }
}
