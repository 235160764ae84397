package io.arete.rlaif.gate;

/**
 * PPO learns from how replies to one prompt differ; what only prompts differ in teaches nothing.
 */
public final class SpreadGate {

  /** Its name in gates.json. */
  public static final String NAME = "within-prompt-spread";

  private SpreadGate() {}

  /**
   * Judges the sd of rewards within prompts over that of all.
   *
   * @param n conversations
   * @param low a smaller share warns
   */
  public static GateResult of(double share, long n, double low) {
    return new GateResult(
        NAME,
        "",
        Text.of("rewards spread within a prompt %.2f times as far as over all", share),
        Text.of("at least %s", low),
        n,
        share >= low,
        false,
        "the reward tells prompts apart rather than replies",
        "give pairs of replies that differ more (feedback.samples, feedback.pairs: best_worst)");
  }
}
