package io.arete.rlaif.config;

/**
 * How far a text's score alone and in a batch may lie apart, in sd of the reference's scores.
 * Rounding in bfloat16 is worth more where a reward model spreads texts little; up to 0.08 was
 * seen. Texts that see each other differ by the spread itself.
 *
 * @param float32 more stops
 * @param bfloat16Warn more warns where the base computes in bfloat16
 * @param bfloat16Stop more stops there
 */
public record ScoreAlone(double float32, double bfloat16Warn, double bfloat16Stop) {

  /** What warns. */
  public double warn(boolean bfloat16) {
    return bfloat16 ? bfloat16Warn : float32;
  }

  /** What stops. */
  public double stop(boolean bfloat16) {
    return bfloat16 ? bfloat16Stop : float32;
  }

  /** Where a recipe says them. */
  record Keys(Key<Double> float32, Key<Double> bfloat16Warn, Key<Double> bfloat16Stop) {

    static Keys declare(KeyList list) {
      return new Keys(
          limit(
              list,
              "score_alone",
              0.001,
              "stops if a text's scores alone and in a batch lie further apart, where the base is no"
                  + " bfloat16"),
          limit(list, "score_alone_bfloat16_warn", 0.02, "warns where the base is bfloat16"),
          limit(list, "score_alone_bfloat16_stop", 0.2, "stops where the base is bfloat16"));
    }

    private static Key<Double> limit(KeyList list, String name, double fallback, String doc) {
      return list.real(name, fallback, Range.above(0, 100), "sd of the reference's scores", doc);
    }

    ScoreAlone read(Values values) {
      return new ScoreAlone(
          values.get(float32), values.get(bfloat16Warn), values.get(bfloat16Stop));
    }
  }
}
