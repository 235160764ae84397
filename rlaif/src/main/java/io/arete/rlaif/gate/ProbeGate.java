package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;
import java.util.Arrays;

/**
 * If a linear model on frozen features learns no more from the labels than from the same labels
 * shuffled, there is little in them for a reward model to find.
 */
public final class ProbeGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "linear-probe";

  private static final int FEWEST = 50;

  private ProbeGate() {}

  /**
   * Judges a probe.
   *
   * @param right held-out pairs that it gets right
   * @param shuffled as many, each time it was fitted to shuffled labels
   * @param fitted pairs that it was fitted to
   * @param n held-out pairs
   */
  public static GateResult of(Facet facet, int right, int[] shuffled, int fitted, int n) {
    int best = Arrays.stream(shuffled).max().orElse(0);
    String threshold = Text.of("more than the best of %d shuffles", shuffled.length);
    if (n < FEWEST || fitted < FEWEST) {
      return GateResult.cannotTell(
          NAME,
          facet.wireName(),
          threshold,
          n,
          Text.of("a probe needs %d pairs to learn from and as many held out", FEWEST),
          "give more pairs, or a larger data.watch_share");
    }
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "a linear probe gets %.3f right, and %.3f with the luckiest of %d shuffled labels",
            (double) right / n, (double) best / n, shuffled.length),
        threshold,
        n,
        right > best,
        true,
        "the labels look like chance to the model that the reward models begin with",
        "look at some pairs by hand; then take a stronger judge or more pairs");
  }
}
