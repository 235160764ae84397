package io.arete.rlaif.feedback;

/**
 * What a labeler behind a server has used.
 *
 * @param requests answers that were paid for
 * @param cacheHits answers that had been paid for before, by this run or another
 * @param tokens paid for, prompts and replies
 * @param sampledReplies those of all answers that were sampled as votes; 0 where log-probabilities
 *     were read
 * @param oneListed questions of which the server listed one of the two answers only, so that the
 *     other's probability is a bound
 */
public record PaidWork(
    long requests, long cacheHits, long tokens, long sampledReplies, long oneListed) {

  /** Nothing: as for a labeler on this machine. */
  public static final PaidWork NONE = new PaidWork(0, 0, 0, 0, 0);

  /** Both together. */
  public PaidWork plus(PaidWork other) {
    return new PaidWork(
        requests + other.requests,
        cacheHits + other.cacheHits,
        tokens + other.tokens,
        sampledReplies + other.sampledReplies,
        oneListed + other.oneListed);
  }

  /** What this has more than an earlier state. */
  public PaidWork since(PaidWork earlier) {
    return new PaidWork(
        requests - earlier.requests,
        cacheHits - earlier.cacheHits,
        tokens - earlier.tokens,
        sampledReplies - earlier.sampledReplies,
        oneListed - earlier.oneListed);
  }
}
