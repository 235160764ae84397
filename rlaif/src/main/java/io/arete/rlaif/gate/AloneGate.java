package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** A text's score must not depend on what it is computed beside. */
public final class AloneGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "score-alone";

  private static final double FLOAT32 = 1e-3;
  private static final double BFLOAT16_WARNS = 2e-2;

  /**
   * Rounding is worth more in sd where a reward model spreads texts little; up to 0.08 was seen.
   * Texts that see each other differ by the spread itself.
   */
  private static final double BFLOAT16_STOPS = 2e-1;

  private AloneGate() {}

  /**
   * Judges the largest difference between scores alone and in a batch, in sd of the reference.
   *
   * @param texts scored both ways
   * @param bfloat16 whether the base computes in that
   */
  public static GateResult of(Facet facet, double largest, long texts, boolean bfloat16) {
    double warn = bfloat16 ? BFLOAT16_WARNS : FLOAT32;
    double stop = bfloat16 ? BFLOAT16_STOPS : FLOAT32;
    boolean stops = !(largest <= stop);
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("scores alone and in a batch differ by %.1e sd at most", largest),
        warn == stop
            ? Text.of("at most %.0e sd", stop)
            : Text.of("at most %.0e sd; more than %.0e stops", warn, stop),
        texts,
        largest <= warn,
        stops,
        stops
            ? "texts in a batch see each other, or padding is read"
            : "the reward model spreads texts so little that rounding is no longer small beside it",
        "compute in float32 (dtype), and report this if it stays");
  }
}
