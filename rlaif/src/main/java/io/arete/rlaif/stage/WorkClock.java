package io.arete.rlaif.stage;

import java.time.Duration;
import java.util.function.DoubleConsumer;

/**
 * Counts the time of work while it passes progress on: a kill loses some seconds of it, not all
 * since the start.
 */
public final class WorkClock implements StageListener, AutoCloseable {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final StageListener listener;
  private final DoubleConsumer seconds;
  private long counted = System.nanoTime();

  /**
   * Starts to count.
   *
   * @param seconds given what has passed since it was given some before
   */
  public WorkClock(StageListener listener, DoubleConsumer seconds) {
    this.listener = listener;
    this.seconds = seconds;
  }

  /** Gives what has passed until now. */
  public void count() {
    long now = System.nanoTime();
    seconds.accept((now - counted) / 1e9);
    counted = now;
  }

  @Override
  public void begin(String task, String unit, long total) {
    listener.begin(task, unit, total);
  }

  @Override
  public void skip(long count) {
    listener.skip(count);
  }

  @Override
  public void advance(long count) {
    if (System.nanoTime() - counted > INTERVAL_NANOS) {
      count();
    }
    listener.advance(count);
  }

  @Override
  public void note(String sentence) {
    listener.note(sentence);
  }

  /** Counts the rest. */
  @Override
  public void close() {
    count();
  }
}
