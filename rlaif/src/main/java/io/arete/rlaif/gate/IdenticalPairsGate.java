package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** Two texts that are the same once cut teach nothing, whatever the label says. */
public final class IdenticalPairsGate {

  /** Its name in gates.json. */
  public static final String NAME = "identical-pairs";

  private IdenticalPairsGate() {}

  /**
   * Judges the share of a facet's pairs whose texts are the same once cut. It only warns: such
   * pairs are left out.
   *
   * @param warn a larger share warns
   */
  public static GateResult of(Facet facet, long identical, long pairs, double warn) {
    double share = pairs == 0 ? 0 : (double) identical / pairs;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%.1f %% of the pairs are the same once cut", 100 * share),
        Text.of("at most %.0f %%", 100 * warn),
        pairs,
        share <= warn,
        false,
        "the model says the same twice, or the difference was cut away",
        "sample at a higher temperature (feedback.temperature), or raise reward.max_length");
  }
}
