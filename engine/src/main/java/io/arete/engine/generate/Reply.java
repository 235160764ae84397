package io.arete.engine.generate;

/**
 * A generated reply.
 *
 * @param ids generated tokens, the end-of-turn token included if it came
 * @param ended why it stopped
 * @param logProbs log-probability of each token under the sampled distribution before any cut
 */
public record Reply(int[] ids, Ended ended, double[] logProbs) {

  /** Why a reply stopped. */
  public enum Ended {
    /** The model ended its turn. */
    TURN,
    /** The limit of new tokens was reached: the reply is cut off. */
    LENGTH
  }

  /** Ids without the end-of-turn token. */
  public int[] content() {
    return ended == Ended.TURN ? java.util.Arrays.copyOf(ids, ids.length - 1) : ids.clone();
  }
}
