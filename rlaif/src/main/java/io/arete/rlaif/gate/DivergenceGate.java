package io.arete.rlaif.gate;

/** Far from its reference, a policy says what no reward model was ever taught to judge. */
public final class DivergenceGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "divergence";

  private DivergenceGate() {}

  /**
   * Judges the mean divergence of the last replies from the reference.
   *
   * @param mean k1 summed over a reply, nats
   * @param replies it is the mean of
   * @param most a larger one stops
   */
  public static GateResult of(double mean, long replies, double most) {
    return new GateResult(
        NAME,
        "",
        Text.of("the policy is %.2f nats a reply from its reference", mean),
        Text.of("at most %s", most),
        replies,
        mean <= most,
        true,
        "the policy has left what the reward models can judge",
        "raise ppo.kl_coefficient (or ppo.kl: adaptive), or lower the learning rate");
  }
}
