package io.arete.rlaif.recipe;

import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageTimes;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Counts the time of a stage while it passes progress on: a run that is killed loses some seconds
 * of it, not all since its start.
 */
final class StageClock implements StageListener, AutoCloseable {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final StageListener listener;
  private final Path file;
  private final Stage stage;
  private long counted = System.nanoTime();

  /** Starts to count. */
  StageClock(StageListener listener, Path file, Stage stage) {
    this.listener = listener;
    this.file = file;
    this.stage = stage;
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

  private void count() {
    long now = System.nanoTime();
    StageTimes.add(file, stage, (now - counted) / 1e9);
    counted = now;
  }
}
