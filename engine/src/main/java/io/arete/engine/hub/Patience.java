package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a request is repeated, and how long it is waited for.
 *
 * @param attempts in a row without any progress
 * @param firstPause doubled after each attempt
 * @param stall a transfer that moves no byte for so long is broken off
 */
record Patience(int attempts, Duration firstPause, Duration stall) {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern RATE_RESET = Pattern.compile(";\\s*t=([0-9]{1,9})");

  /** As people wait: about a minute. */
  static Patience usual() {
    return new Patience(6, Duration.ofSeconds(1), Duration.ofSeconds(60));
  }

  /**
   * Waits before the next attempt.
   *
   * @param failed how many attempts have failed in a row
   * @param asked how long the server asks to wait
   * @return whether there is a next attempt
   */
  boolean pause(int failed, Optional<Duration> asked) {
    Duration own = firstPause.multipliedBy(1L << Math.min(failed - 1, 10));
    Duration pause = asked.orElse(own);
    if (failed >= attempts || pause.compareTo(LONGEST_PAUSE) > 0) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AreteException("waiting for the hub was interrupted; start again", e);
    }
  }

  /** What the headers Retry-After or RateLimit say; empty if neither is there. */
  static Optional<Duration> asked(Reply reply) {
    Optional<Duration> retry = reply.header("Retry-After").flatMap(Patience::after);
    return retry.or(
        () ->
            reply
                .header("RateLimit")
                .map(RATE_RESET::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1)))));
  }

  private static Optional<Duration> after(String header) {
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
