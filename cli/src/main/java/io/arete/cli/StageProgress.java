package io.arete.cli;

import io.arete.rlaif.extension.TaskProgress;
import io.arete.rlaif.file.VisibleText;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of stages, one task after the other, and their notes as lines. A note in the
 * middle of a task leaves its progress going on.
 */
final class StageProgress implements TaskProgress {

  private final ProgressOptions options;
  private final PrintWriter messages;
  private @Nullable Progress task;
  private long rest;

  StageProgress(ProgressOptions options, PrintWriter messages) {
    this.options = options;
    this.messages = messages;
  }

  @Override
  public synchronized void begin(String name, String unit, long total) {
    close();
    rest = total;
    task = options.start(name, unit, total);
  }

  @Override
  public synchronized void skip(long count) {
    rest -= count;
    if (task != null) {
      task.skip(count);
    }
  }

  @Override
  public synchronized void advance(long count) {
    rest -= count;
    if (task != null) {
      task.advance(count);
    }
  }

  @Override
  public synchronized void note(String sentence) {
    if (!options.quiet()) {
      if (task != null && rest > 0) {
        task.makeWay();
      } else {
        close();
      }
      messages.println(VisibleText.lines(sentence));
      messages.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}
