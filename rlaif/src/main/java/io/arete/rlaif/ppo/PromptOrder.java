package io.arete.rlaif.ppo;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Prompt;
import java.util.ArrayList;
import java.util.List;

/** An endless row of prompts: all of them in a random order, then all in another, and so on. */
final class PromptOrder {

  private final List<Prompt> prompts;
  private final CountedRandom draws;

  /**
   * The row of those prompts.
   *
   * @throws AreteException if there are none
   */
  PromptOrder(List<Prompt> prompts, CountedRandom draws) {
    if (prompts.isEmpty()) {
      throw new AreteException(
          "PPO has no prompts: none is in the train split; give more prompts, or lower"
              + " data.watch_share and data.verdict_share.");
    }
    this.prompts = List.copyOf(prompts);
    this.draws = draws;
  }

  /**
   * Some prompts of the row.
   *
   * @param taken how many were taken before
   */
  List<Prompt> take(long taken, int count) {
    List<Prompt> next = new ArrayList<>(count);
    long lap = -1;
    int[] order = {};
    for (long place = taken; place < taken + count; place++) {
      if (place / prompts.size() != lap) {
        lap = place / prompts.size();
        order = draws.at(lap).shuffle(prompts.size());
      }
      next.add(prompts.get(order[(int) (place % prompts.size())]));
    }
    return next;
  }
}
