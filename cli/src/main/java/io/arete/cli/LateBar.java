package io.arete.cli;

import org.jspecify.annotations.Nullable;

/** Shows how far work is of which the total is known with the first piece only. */
final class LateBar implements AutoCloseable {

  private final String task;
  private final String unit;
  private final ProgressOptions options;
  private @Nullable Progress progress;
  private long done;

  /** A bar that appears with the first piece. */
  LateBar(String task, String unit, ProgressOptions options) {
    this.task = task;
    this.unit = unit;
    this.options = options;
  }

  /** So much is done of so much. */
  void show(long all, long total) {
    if (progress == null) {
      progress = options.start(task, unit, total);
    }
    progress.advance(all - done);
    done = all;
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }
}
