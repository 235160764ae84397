package io.arete.rlaif.gate;

/** A policy that says the same as before has not learned yet, whatever its losses say. */
public final class UnchangedGate {

  /** Its name in gates.json. */
  public static final String NAME = "unchanged-replies";

  private UnchangedGate() {}

  /**
   * Judges how many greedy replies are as before PPO.
   *
   * @param n prompts
   * @param most a larger share warns
   */
  public static GateResult of(long unchanged, long n, double most) {
    double share = n == 0 ? 0 : (double) unchanged / n;
    return new GateResult(
        NAME,
        "",
        Text.of("%.0f %% of greedy replies are as before PPO", 100 * share),
        Text.of("at most %.0f %%", 100 * most),
        n,
        share <= most,
        false,
        "the policy hardly moves",
        "raise ppo.policy_learning_rate or ppo.iterations, or lower ppo.kl_coefficient");
  }
}
