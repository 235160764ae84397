package io.arete.rlaif.endpoint;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.EndpointSettings;

/**
 * What a run may spend. Requests count when they are sent, answered or not; tokens when they are
 * paid, and until then by estimate, so that no number of questions under way goes beyond it.
 */
final class Budget {

  private final long maxRequests;
  private final long maxTokens;
  private final EndpointSettings settings;
  private final String kept;
  private long requests;
  private long tokens;
  private long reserved;

  /**
   * A budget.
   *
   * @param settings with what is allowed
   * @param requests answered before this process began
   * @param tokens spent before
   * @param kept where paid answers are, for the message
   */
  Budget(EndpointSettings settings, long requests, long tokens, String kept) {
    this.settings = settings;
    this.maxRequests = settings.maxRequests();
    this.maxTokens = settings.maxTokens();
    this.requests = requests;
    this.tokens = tokens;
    this.kept = kept;
  }

  /**
   * One more request.
   *
   * @throws AreteException if that would be more than allowed; nothing is spent then
   */
  synchronized void take(long estimatedTokens) {
    if (maxRequests > 0 && requests + 1 > maxRequests) {
      throw stop("max_requests", maxRequests, "sent " + requests + " requests");
    }
    if (maxTokens > 0 && tokens + reserved + estimatedTokens > maxTokens) {
      throw stop("max_tokens", maxTokens, "paid for " + tokens + " tokens");
    }
    requests++;
    reserved += estimatedTokens;
  }

  /**
   * That request has ended.
   *
   * @param paidTokens 0 if it was not answered
   */
  synchronized void settle(long estimatedTokens, long paidTokens) {
    reserved -= estimatedTokens;
    tokens += paidTokens;
  }

  private AreteException stop(String key, long limit, String spent) {
    return new AreteException(
        settings.name(key)
            + " is "
            + limit
            + " and this run has "
            + spent
            + ", so the next question would be too much; raise it and start again: the answers"
            + " paid so far are kept in "
            + kept
            + " and are not asked again");
  }
}
