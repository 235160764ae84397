package io.arete.rlaif.endpoint;

import java.time.Duration;

/**
 * When the next request may begin: evenly spread over the minute, and never while the server has
 * asked everybody to wait.
 */
final class Pace {

  private final Timekeeper time;
  private final long gapNanos;
  private long next;

  /**
   * A pace.
   *
   * @param perMinute the most requests; 0 = no limit
   */
  Pace(Timekeeper time, int perMinute) {
    this.time = time;
    this.gapNanos = perMinute == 0 ? 0 : Duration.ofMinutes(1).toNanos() / perMinute;
    this.next = time.nanos();
  }

  /** Returns when the caller may begin. */
  void await() {
    long wait = claim();
    while (wait > 0) {
      time.sleep(wait);
      wait = claim();
    }
  }

  /** Nobody begins for that long. */
  synchronized void holdAll(Duration wait) {
    long until = time.nanos() + wait.toNanos();
    next = until - next > 0 ? until : next;
  }

  /** Only the caller waits. */
  void hold(Duration wait) {
    if (!wait.isZero()) {
      time.sleep(wait.toNanos());
    }
  }

  /** Takes the next moment if it has come (0), or says how long it takes to come. */
  private synchronized long claim() {
    long now = time.nanos();
    if (next - now > 0) {
      return next - now;
    }
    next = now + gapNanos;
    return 0;
  }
}
