package io.arete.engine.generate;

/** How the next token is chosen. */
public sealed interface Sampling {

  /** The most probable token. */
  record Greedy() implements Sampling {}

  /**
   * A draw from the distribution, possibly cut.
   *
   * @param temperature divides the logits, above 0
   * @param topP smallest set of most probable tokens that reaches this share of the mass that top-k
   *     left, in (0, 1]: top-k cuts first, as in transformers
   * @param topK at most so many most probable tokens; 0 for all
   */
  record Random(double temperature, double topP, int topK) implements Sampling {

    /** Checks the ranges. */
    public Random {
      if (!(temperature > 0) || !Double.isFinite(temperature)) {
        throw new IllegalArgumentException("temperature " + temperature + " must be above 0");
      }
      if (!(topP > 0 && topP <= 1)) {
        throw new IllegalArgumentException("top-p " + topP + " must be in (0, 1]");
      }
      if (topK < 0) {
        throw new IllegalArgumentException("top-k " + topK + " must be at least 0");
      }
    }

    boolean cut() {
      return topP < 1 || topK > 0;
    }
  }

  /** The distribution itself: temperature 1, nothing cut. */
  static Sampling plain() {
    return new Random(1, 1, 0);
  }
}
