package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** A text's score must not depend on what it is computed beside. */
public final class AloneGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "score-alone";

  private AloneGate() {}

  /**
   * Judges the largest difference between scores alone and in a batch, in sd of the reference.
   *
   * @param texts scored both ways
   * @param warn more warns
   * @param stop more stops
   */
  public static GateResult of(Facet facet, double largest, long texts, double warn, double stop) {
    boolean stops = !(largest <= stop);
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("scores alone and in a batch differ by %.1e sd at most", largest),
        warn < stop
            ? Text.of("at most %s sd; more than %s stops", warn, stop)
            : Text.of("at most %s sd", stop),
        texts,
        largest <= Math.min(warn, stop),
        stops,
        stops
            ? "texts in a batch see each other, or padding is read"
            : "the reward model spreads texts so little that rounding is no longer small beside it",
        "compute in float32 (dtype), and report this if it stays");
  }
}
