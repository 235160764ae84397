package io.arete.cli;

import io.arete.rlaif.extension.TaskProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows the progress of stages, one task after the other, and their notes as lines. */
final class StageProgress implements TaskProgress {

  private final ProgressOptions options;
  private final PrintWriter messages;
  private @Nullable Progress task;

  StageProgress(ProgressOptions options, PrintWriter messages) {
    this.options = options;
    this.messages = messages;
  }

  @Override
  public void begin(String name, String unit, long total) {
    close();
    task = options.start(name, unit, total);
  }

  @Override
  public void skip(long count) {
    if (task != null) {
      task.skip(count);
    }
  }

  @Override
  public void advance(long count) {
    if (task != null) {
      task.advance(count);
    }
  }

  @Override
  public void note(String sentence) {
    if (!options.quiet()) {
      close();
      messages.println(sentence);
      messages.flush();
    }
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}
