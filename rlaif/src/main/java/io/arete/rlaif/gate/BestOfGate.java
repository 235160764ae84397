package io.arete.rlaif.gate;

import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;

/** PPO goes where the ensemble points; choosing among replies shows where, without training. */
public final class BestOfGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "best-of";

  private static final int FEWEST = 100;
  private static final double CHANCE = 0.5;

  private BestOfGate() {}

  /**
   * Judges how often the reply that the ensemble likes best beats another one.
   *
   * @param judge who says so, for people
   * @param samples that it chose from
   * @param low if the interval's upper end lies below it, the run stops; an interval around one
   *     half warns
   */
  public static GateResult of(
      String judge, int won, int lost, int undecided, int samples, double low) {
    int n = won + lost + undecided;
    if (n < FEWEST) {
      return cannotTell(samples, n, Text.of("fewer than %d prompts were judged", FEWEST));
    }
    // What is undecided counts half; an odd one is given to the other side.
    int points = won + undecided / 2;
    Interval interval = Wilson.interval95(points, n);
    boolean stops = interval.high() < low;
    return new GateResult(
        NAME,
        "",
        Text.of(
            "the best of %d beats another reply in %.3f by %s, 95 %% interval %.3f to %.3f",
            samples, (double) points / n, judge, interval.low(), interval.high()),
        threshold(low),
        n,
        !stops && interval.low() > CHANCE,
        stops,
        stops
            ? judge + " does not like what the ensemble would teach"
            : "so few prompts cannot tell the ensemble's choice from a coin",
        stops
            ? "look at chosen replies (arete best-of), then better labels or more pairs"
            : "ask for more (gates.best_of_prompts), or better reward models");
  }

  /** The result where nobody judged, or too little. */
  static GateResult cannotTell(int samples, long n, String why) {
    return GateResult.cannotTell(
        NAME,
        "",
        Text.of("the best of %d wins clearly", samples),
        n,
        why,
        "give more watch prompts, gates.best_of_prompts or gates.checks_share");
  }

  private static String threshold(double low) {
    return Text.of("an interval above 0.5; one below %s stops", low);
  }
}
