package io.arete.rlaif.gate;

import java.util.Map;

/** An ensemble of which one part makes nearly all differences is that part alone. */
public final class DominanceGate {

  /** Its name in gates.json. */
  public static final String NAME = "dominance";

  private DominanceGate() {}

  /**
   * Judges the largest part of the reward's variance.
   *
   * @param shares by part: the facets, and the charge for their disagreement
   * @param n conversations
   * @param most a larger share warns
   */
  public static GateResult of(Map<String, Double> shares, long n, double most) {
    Map.Entry<String, Double> largest =
        shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return new GateResult(
        NAME,
        "",
        Text.of(
            "the %s makes %.0f %% of the reward's variance",
            largest.getKey(), 100 * largest.getValue()),
        Text.of("at most %.0f %%", 100 * most),
        n,
        largest.getValue() <= most,
        false,
        largest.getKey() + " decides nearly alone what is rewarded",
        "look at the facets' scores; a smaller ppo.ensemble_k, or better labels of the others");
  }
}
