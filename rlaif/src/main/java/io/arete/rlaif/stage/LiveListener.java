package io.arete.rlaif.stage;

import io.arete.rlaif.run.LiveTask;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Passes progress on, and leaves it in the run's folder for whoever watches: at most once a second,
 * and at the beginning of each task. Close it when the run ends.
 */
public final class LiveListener implements StageListener, AutoCloseable {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path run;
  private final StageListener listener;
  private Optional<Stage> stage = Optional.empty();
  private String task = "";
  private String unit = "";
  private long done;
  private long skipped;
  private long total;
  private long begun = System.nanoTime();
  private long written;

  /** Says that the run is going on. */
  public LiveListener(Path run, StageListener listener) {
    this.run = run;
    this.listener = listener;
    write();
  }

  /** A stage begins. */
  public synchronized void enter(Stage next) {
    stage = Optional.of(next);
    set("", "", 0);
  }

  @Override
  public synchronized void begin(String name, String counted, long all) {
    set(name, counted, all);
    listener.begin(name, counted, all);
  }

  @Override
  public synchronized void skip(long count) {
    skipped += count;
    count(count);
    listener.skip(count);
  }

  @Override
  public synchronized void advance(long count) {
    count(count);
    listener.advance(count);
  }

  @Override
  public void note(String sentence) {
    listener.note(sentence);
  }

  /** Says that nothing goes on any more. */
  @Override
  public void close() {
    LiveTask.end(run);
  }

  private void set(String name, String counted, long all) {
    task = name;
    unit = counted;
    done = 0;
    skipped = 0;
    total = all;
    begun = System.nanoTime();
    write();
  }

  private void count(long count) {
    done += count;
    if (System.nanoTime() - written > INTERVAL_NANOS) {
      write();
    }
  }

  private void write() {
    written = System.nanoTime();
    double seconds = (written - begun) / 1e9;
    long process = ProcessHandle.current().pid();
    new LiveTask(process, stage, task, unit, done, skipped, total, seconds).write(run);
  }
}
