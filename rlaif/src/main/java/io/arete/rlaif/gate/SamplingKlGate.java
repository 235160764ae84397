package io.arete.rlaif.gate;

import io.arete.rlaif.stats.Summary;

/**
 * The divergence from the reference is never below 0; an estimate clearly below it means that the
 * replies were not drawn from the policy that is being trained.
 */
public final class SamplingKlGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "sampling-kl";

  private SamplingKlGate() {}

  /**
   * Judges the last replies.
   *
   * @param k1 summed k1 of each reply, nats; at least one
   * @param leastMean a mean below it, with a z below {@code leastZ}, stops
   * @param neededReplies with fewer, nothing is judged
   */
  public static GateResult of(double[] k1, double leastMean, double leastZ, int neededReplies) {
    Summary summary = Summary.of(k1);
    double error = summary.sampleSd() / Math.sqrt(summary.n());
    double z = error == 0 ? Math.signum(summary.mean()) * 1e9 : summary.mean() / error;
    if (summary.mean() == 0) {
      z = 0;
    }
    boolean broken = k1.length >= neededReplies && summary.mean() < leastMean && z < leastZ;
    return new GateResult(
        NAME,
        "",
        Text.of("mean k1 of the last replies is %.3f nats, z = %.1f", summary.mean(), z),
        Text.of("not below %s with z below %s", leastMean, leastZ),
        k1.length,
        !broken,
        true,
        "the replies were not sampled from the policy that is trained",
        "sample at temperature 1 without cuts, and report this if it stays");
  }
}
