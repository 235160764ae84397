package io.arete.rlaif.gate;

/**
 * Before the first step of an iteration no weight has moved, so each token's probability ratio of
 * new over old policy is 1. If not, the two forward passes disagree.
 */
public final class RatioGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "ratio";

  private RatioGate() {}

  /**
   * Judges the ratios before a first step.
   *
   * @param mean mean |ratio - 1|
   * @param largest largest |ratio - 1|
   * @param tokens how many ratios
   * @param mostMean what the mean may be
   * @param mostLargest what the largest may be
   */
  public static GateResult of(
      double mean, double largest, long tokens, double mostMean, double mostLargest) {
    return new GateResult(
        NAME,
        "",
        Text.of("abs(ratio - 1) is %.2g on average and %.2g at most", mean, largest),
        Text.of("at most %s and %s", mostMean, mostLargest),
        tokens,
        mean <= mostMean && largest <= mostLargest,
        true,
        "two forward passes of the same policy disagree",
        "compute in float32 (dtype), and report this if it stays");
  }
}
