package io.arete.cli;

import org.jspecify.annotations.Nullable;

/** Shows how far a conversion of weights is; the total is known with the first tensor only. */
final class ConversionBar implements AutoCloseable {

  private final String task;
  private final ProgressOptions options;
  private @Nullable Progress progress;
  private long done;

  /** A bar that appears with the first tensor. */
  ConversionBar(String task, ProgressOptions options) {
    this.task = task;
    this.options = options;
  }

  /** As {@link io.arete.engine.convert.ConversionProgress} asks. */
  void tensorWritten(String name, long bytesDone, long bytesTotal) {
    if (progress == null) {
      progress = options.start(task, "bytes", bytesTotal);
    }
    progress.advance(bytesDone - done);
    done = bytesDone;
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }
}
