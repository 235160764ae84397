package io.arete.rlaif.recipe;

import io.arete.engine.inspect.ResidentMemory;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StagePeaks;
import java.nio.file.Path;

/**
 * Watches how much memory the process holds at most while a stage runs, and writes it down at the
 * stage's end. Elsewhere than on Linux nothing is written.
 */
final class StagePeak implements AutoCloseable {

  private static final double KIBIBYTE = 1024;

  private final Path file;
  private final Stage stage;
  private final boolean known = ResidentMemory.isKnown();

  StagePeak(Path file, Stage stage) {
    this.file = file;
    this.stage = stage;
    if (known) {
      ResidentMemory.resetPeak();
    }
  }

  @Override
  public void close() {
    if (known) {
      StagePeaks.tell(file, stage, ResidentMemory.peakKibibytes() * KIBIBYTE);
    }
  }
}
