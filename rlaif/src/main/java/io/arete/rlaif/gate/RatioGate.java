package io.arete.rlaif.gate;

/**
 * Before the first step of an iteration no weight has moved, so each token's probability ratio of
 * new over old policy is 1. If not, the two forward passes disagree.
 *
 * <p>Where the first step goes on with the pass that gave the old probabilities, that ratio is 1 by
 * construction. The probabilities that the replies were drawn by come from another path, the
 * key-value cache of generation, and are compared as well.
 */
public final class RatioGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "ratio";

  /** How many times the allowed mean the distance from sampling may be before it stops. */
  private static final double MORE_THAN_ROUNDING = 10;

  private RatioGate() {}

  /**
   * What is allowed.
   *
   * @param mean of mean |ratio - 1|
   * @param largest of the largest
   */
  public record Bounds(double mean, double largest) {}

  /**
   * Judges the ratios before a first step.
   *
   * @param mean mean |ratio - 1|
   * @param largest largest |ratio - 1|
   * @param sampling mean |ratio - 1| of sampling's probabilities over the old ones
   * @param tokens how many ratios
   */
  public static GateResult of(
      double mean, double largest, double sampling, long tokens, Bounds most) {
    boolean passesAgree = mean <= most.mean() && largest <= most.largest();
    boolean roundingAtMost = sampling <= MORE_THAN_ROUNDING * most.mean();
    return new GateResult(
        NAME,
        "",
        Text.of(
            "abs(ratio - 1) is %.2g on average and %.2g at most; %.2g on average against the"
                + " probabilities of sampling",
            mean, largest, sampling),
        Text.of("at most %s, %s and %s", most.mean(), most.largest(), most.mean()),
        tokens,
        passesAgree && sampling <= most.mean(),
        !passesAgree || !roundingAtMost,
        passesAgree
            ? "replies were drawn by other probabilities than those that are trained"
            : "two forward passes of the same policy disagree",
        "compute in float32 (dtype), and report this if it stays");
  }
}
