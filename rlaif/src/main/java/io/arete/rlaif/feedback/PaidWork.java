package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a labeler behind a server has used.
 *
 * @param questions that the server was asked, in so many requests as it takes; 0 for a labeler on
 *     this machine
 * @param requests answers that were paid for
 * @param cacheHits answers that had been paid for before, by this run or another
 * @param tokens paid for, prompts and replies
 * @param sampledReplies those of all answers that were sampled as votes; 0 where log-probabilities
 *     were read
 * @param oneListed questions of which the server listed one of the two answers only, so that the
 *     other's probability is a bound
 */
public record PaidWork(
    long questions,
    long requests,
    long cacheHits,
    long tokens,
    long sampledReplies,
    long oneListed) {

  /** Nothing: as for a labeler on this machine. */
  public static final PaidWork NONE = new PaidWork(0, 0, 0, 0, 0, 0);

  /** Adds to a report how answers are read and what they cost. */
  public void report(ObjectNode row) {
    row.put("answers", sampledReplies == 0 ? "log_probabilities" : "votes")
        .put("one_answer_listed", oneListed)
        .put("requests", requests)
        .put("cache_hits", cacheHits)
        .put("paid_tokens", tokens);
  }

  /** Both together. */
  public PaidWork plus(PaidWork other) {
    return new PaidWork(
        questions + other.questions,
        requests + other.requests,
        cacheHits + other.cacheHits,
        tokens + other.tokens,
        sampledReplies + other.sampledReplies,
        oneListed + other.oneListed);
  }

  /** What this has more than an earlier state. */
  public PaidWork since(PaidWork earlier) {
    return new PaidWork(
        questions - earlier.questions,
        requests - earlier.requests,
        cacheHits - earlier.cacheHits,
        tokens - earlier.tokens,
        sampledReplies - earlier.sampledReplies,
        oneListed - earlier.oneListed);
  }
}
