package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** Labels that are all ties leave nothing to learn from. */
public final class TiesGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "ties";

  private TiesGate() {}

  /** Judges how many of the judged pairs are ties. */
  public static GateResult of(Facet facet, long ties, long pairs) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%d of %d pairs are ties", ties, pairs),
        "fewer ties than pairs",
        pairs,
        ties < pairs,
        true,
        "the labeler prefers nothing over anything",
        "take a stronger judge (feedback.judge) or people's pairs (feedback.source: human)");
  }
}
