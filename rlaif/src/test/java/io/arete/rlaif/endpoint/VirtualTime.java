package io.arete.rlaif.endpoint;

import java.time.Instant;

/** Time that passes only while somebody sleeps. */
public final class VirtualTime implements Timekeeper {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return BEGIN.plusNanos(nanos);
  }

  @Override
  public synchronized void sleep(long duration) {
    nanos += duration;
  }

  /** Seconds since the beginning. */
  public synchronized double seconds() {
    return nanos / 1e9;
  }
}
