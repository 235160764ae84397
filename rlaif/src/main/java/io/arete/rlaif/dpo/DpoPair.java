package io.arete.rlaif.dpo;

import io.arete.rlaif.text.TrainedTokens;
import java.util.List;

/**
 * Two conversations on one prompt, of which one may be better.
 *
 * @param id for messages
 * @param first tokens of the one
 * @param second tokens of the other
 * @param p probability that the first is better, 0 to 1
 */
record DpoPair(String id, TrainedTokens first, TrainedTokens second, double p) {

  /** Both conversations' inputs, the first's before the second's. */
  List<int[]> sequences() {
    return List.of(first.inputs(), second.inputs());
  }

  /** Trained tokens of both. */
  int tokens() {
    return first.count() + second.count();
  }
}
