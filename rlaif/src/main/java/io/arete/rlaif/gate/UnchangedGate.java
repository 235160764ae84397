package io.arete.rlaif.gate;

/**
 * A policy whose likeliest replies are as before has hardly moved, whatever its losses say. It may
 * have gained all the same: an evaluation samples, so it sees shifts of probability that have not
 * made another reply the likeliest, and it looks at the end of PPO, not a fifth into it.
 */
public final class UnchangedGate {

  /** Its name in gates.json. */
  public static final String NAME = "unchanged-replies";

  private UnchangedGate() {}

  /**
   * Judges how many greedy replies are, token by token, as before PPO.
   *
   * @param n watch prompts, of which each has one
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
        "the likeliest reply to each of these watch prompts hardly changes; the verdict is about"
            + " replies that the finished policy samples on other prompts, where small shifts of"
            + " probability count, so there can be a gain all the same",
        "if there is none, raise ppo.policy_learning_rate or ppo.iterations, or lower ppo.kl_coefficient");
  }
}
