package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** Few held-out pairs give a wide interval. It only warns: the accuracy's own gate decides. */
public final class HeldOutPairsGate {

  /** Its name in gates.json. */
  public static final String NAME = "held-out-pairs";

  private HeldOutPairsGate() {}

  /** Judges the number of held-out pairs against what the recipe asks for. */
  public static GateResult of(Facet facet, long pairs, int asked) {
    return new GateResult(
        NAME,
        facet.wireName(),
        pairs + " held-out pairs",
        "at least " + asked,
        pairs,
        pairs >= asked,
        false,
        "the accuracy's interval is wide",
        "give more pairs, or a larger data.watch_share");
  }
}
