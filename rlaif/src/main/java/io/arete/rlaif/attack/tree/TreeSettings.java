package io.arete.rlaif.attack.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The form of a tree.
 *
 * @param streams conversations with the attacker that begin side by side, each with a strategy, the
 *     strategies in turn
 * @param branching prompts that are written from each leaf
 * @param width leaves that go on after a level, the best
 * @param depth levels
 * @param pruned whether prompts that ask for something else are cut off before they are sent
 * @param attempts how often an attacker is asked for one prompt
 * @param memory turns of a conversation that the attacker is shown
 */
public record TreeSettings(
    int streams, int branching, int width, int depth, boolean pruned, int attempts, int memory) {

  private static final int MOST = 1_000;
  private static final int ATTEMPTS = 5;
  private static final int MEMORY = 3;

  /** Checks the ranges. */
  public TreeSettings {
    for (int one : new int[] {streams, branching, width, depth, attempts, memory}) {
      if (one < 1 || one > MOST) {
        throw new IllegalArgumentException(
            "a tree's settings are " + one + " but must be 1 to " + MOST);
      }
    }
  }

  /** PAIR: streams that go on for some iterations. */
  public static TreeSettings pair(int streams, int iterations) {
    return new TreeSettings(streams, 1, streams, iterations, false, ATTEMPTS, MEMORY);
  }

  /** TAP: one stream that branches. */
  public static TreeSettings tap(int branching, int width, int depth) {
    return new TreeSettings(1, branching, width, depth, true, ATTEMPTS, MEMORY);
  }

  /** How much may be tried, in the order of the reader's questions. */
  Map<String, Integer> budget() {
    Map<String, Integer> budget = new LinkedHashMap<>();
    budget.put("streams", streams);
    budget.put("branching", branching);
    budget.put("width", width);
    budget.put("depth", depth);
    budget.put("attempts", attempts);
    return Collections.unmodifiableMap(budget);
  }
}
