package io.arete.engine.generate;

import io.arete.engine.CountedRandom;

/**
 * A reply to be generated.
 *
 * @param prompt token ids up to where the reply begins, at least one
 * @param maxNewTokens longest reply, the end-of-turn token included, at least 1
 * @param draws key of this reply's draws: position i is the draw of its token i
 */
public record Request(int[] prompt, int maxNewTokens, CountedRandom draws) {

  /** Checks the sizes. */
  public Request {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("a prompt needs at least one token");
    }
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens " + maxNewTokens + " must be at least 1");
    }
  }
}
