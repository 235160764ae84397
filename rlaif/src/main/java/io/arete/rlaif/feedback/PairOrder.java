package io.arete.rlaif.feedback;

import io.arete.engine.CountedRandom;

/** Which of people's two replies stands first: drawn, so that the first is not always chosen. */
public final class PairOrder {

  private PairOrder() {}

  /** Whether the chosen reply of that pair stands first. */
  public static boolean keeps(CountedRandom draws, String pairId) {
    return draws.at("order").at(pairId).below(2, 0) == 0;
  }
}
