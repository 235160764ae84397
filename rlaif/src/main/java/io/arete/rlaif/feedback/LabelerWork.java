package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How much a labeler has read.
 *
 * @param questions asked; a pair has two for each virtue
 * @param tokensComputed tokens that went through the model, if it is on this machine
 * @param tokensOneByOne tokens of the questions if each were read alone, if it is on this machine
 * @param paid what it has used, if it is behind a server
 */
public record LabelerWork(long questions, long tokensComputed, long tokensOneByOne, PaidWork paid) {

  /** Nothing yet. */
  public static final LabelerWork NONE = new LabelerWork(0, 0, 0);

  /** The work of a labeler on this machine. */
  public LabelerWork(long questions, long tokensComputed, long tokensOneByOne) {
    this(questions, tokensComputed, tokensOneByOne, PaidWork.NONE);
  }

  /** Tokens that were not computed because questions begin alike. */
  public long tokensSaved() {
    return tokensOneByOne - tokensComputed;
  }

  /** Both together. */
  public LabelerWork plus(LabelerWork other) {
    return new LabelerWork(
        questions + other.questions,
        tokensComputed + other.tokensComputed,
        tokensOneByOne + other.tokensOneByOne,
        paid.plus(other.paid));
  }

  /** What this has more than an earlier state of the same labeler. */
  public LabelerWork since(LabelerWork earlier) {
    return new LabelerWork(
        questions - earlier.questions,
        tokensComputed - earlier.tokensComputed,
        tokensOneByOne - earlier.tokensOneByOne,
        paid.since(earlier.paid));
  }

  /** Adds the counts to a row, those of a server only if there is one. */
  void write(ObjectNode row) {
    row.put("questions", questions);
    row.put("tokens_computed", tokensComputed);
    row.put("tokens_one_by_one", tokensOneByOne);
    if (!paid.equals(PaidWork.NONE)) {
      row.put("paid_questions", paid.questions());
      row.put("requests", paid.requests());
      row.put("cache_hits", paid.cacheHits());
      row.put("paid_tokens", paid.tokens());
      row.put("sampled_replies", paid.sampledReplies());
      row.put("one_listed", paid.oneListed());
    }
  }

  /** The counts that {@link #write} left; 0 where there are none. */
  static LabelerWork read(JsonNode row) {
    return new LabelerWork(
        row.path("questions").asLong(),
        row.path("tokens_computed").asLong(),
        row.path("tokens_one_by_one").asLong(),
        new PaidWork(
            row.path("paid_questions").asLong(),
            row.path("requests").asLong(),
            row.path("cache_hits").asLong(),
            row.path("paid_tokens").asLong(),
            row.path("sampled_replies").asLong(),
            row.path("one_listed").asLong()));
  }
}
