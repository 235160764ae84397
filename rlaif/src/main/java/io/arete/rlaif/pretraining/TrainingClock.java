package io.arete.rlaif.pretraining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Seconds that a pretraining took, over all starts: what a kill loses of them is less than the time
 * between two writes. Passes everything on to another listener.
 */
final class TrainingClock implements StageListener {

  private static final String SECONDS = "seconds";
  private static final long WRITE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Path file;
  private final StageListener listener;
  private final double before;
  private final long start = System.nanoTime();
  private long written = start;

  /** A clock that goes on from what the file says. */
  TrainingClock(Path file, StageListener listener) {
    this.file = file;
    this.listener = listener;
    this.before = JsonFile.readIfThere(file).path(SECONDS).asDouble(0);
  }

  /** Seconds until now. */
  double seconds() {
    return before + (System.nanoTime() - start) / 1e9;
  }

  /** Writes the file. */
  void write() {
    written = System.nanoTime();
    AtomicFile.writeText(
        file, JsonFile.text(JsonNodeFactory.instance.objectNode().put(SECONDS, seconds())));
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
    listener.advance(count);
    if (System.nanoTime() - written > WRITE_EVERY_NANOS) {
      write();
    }
  }

  @Override
  public void note(String sentence) {
    listener.note(sentence);
  }
}
