package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** Labels that are all ties leave nothing to learn from; with most of them ties, little is left. */
public final class TiesGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "ties";

  private static final double MANY = 0.5;

  private TiesGate() {}

  /** Judges how many of the judged pairs are ties: more than half warn, all of them stop. */
  public static GateResult of(Facet facet, long ties, long pairs) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%d of %d pairs are ties", ties, pairs),
        "at most half; all of them stops",
        pairs,
        ties <= MANY * pairs,
        ties >= pairs,
        "the labeler prefers nothing over anything",
        "take a stronger judge (feedback.judge) or people's pairs (feedback.source: human)");
  }
}
