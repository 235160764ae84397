package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** Labels that are all ties leave nothing to learn from; with most of them ties, little is left. */
public final class TiesGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "ties";

  private TiesGate() {}

  /**
   * Judges how many of the judged pairs are ties: all of them stop.
   *
   * @param warn a larger share warns
   */
  public static GateResult of(Facet facet, long ties, long pairs, double warn) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("%d of %d pairs are ties", ties, pairs),
        "at most " + Text.percent(warn) + "; all of them stops",
        pairs,
        ties <= warn * pairs && (ties < pairs || pairs == 0),
        ties >= pairs,
        "the labeler prefers nothing over anything",
        "take a stronger judge (feedback.judge) or people's pairs (feedback.source: human)");
  }
}
