package io.arete.rlaif.gate;

/** A text's score must not depend on what it is computed beside. */
public final class AloneGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "score-alone";

  private static final double FLOAT32 = 1e-3;
  private static final double BFLOAT16 = 2e-2;

  private AloneGate() {}

  /**
   * Judges the largest difference between scores alone and in a batch, in sd of the reference.
   *
   * @param texts scored both ways
   * @param bfloat16 whether the base computes in that
   */
  public static GateResult of(double largest, long texts, boolean bfloat16) {
    double most = bfloat16 ? BFLOAT16 : FLOAT32;
    return new GateResult(
        NAME,
        "",
        Text.of("scores alone and in a batch differ by %.1e sd at most", largest),
        Text.of("at most %.0e sd", most),
        texts,
        largest <= most,
        true,
        "texts in a batch see each other, or padding is read",
        "compute in float32 (dtype), and report this if it stays");
  }
}
