package io.arete.engine.hub;

import java.util.concurrent.atomic.AtomicLong;

/** Adds up what all transfers have moved, and tells it at most a few times for each megabyte. */
final class Tally {

  private static final long STEP = 1 << 18;

  private final TransferProgress progress;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private long told;

  Tally(TransferProgress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  void add(long bytes) {
    long now = done.addAndGet(bytes);
    synchronized (this) {
      if (Math.abs(now - told) >= STEP || now == total) {
        told = now;
        progress.moved(now, total);
      }
    }
  }
}
