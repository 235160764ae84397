package io.arete.rlaif.training;

import io.arete.engine.AreteException;
import io.arete.engine.train.AdamW;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.run.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a training checkpoint: weights with the optimizer's state, and the log's cursor. */
final class TrainingState {

  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String METRICS = "metrics-cursor";

  private TrainingState() {}

  static void write(Path folder, AdamW optimizer, long metricsCursor) throws IOException {
    optimizer.save(folder.resolve(OPTIMIZER));
    Files.writeString(folder.resolve(METRICS), metricsCursor + "\n");
  }

  /**
   * Puts weights and optimizer where the checkpoint left them, if there is one.
   *
   * @return the cursor of the metrics
   */
  static long restore(Optional<Checkpoints.Saved> saved, AdamW optimizer) {
    if (saved.isEmpty()) {
      return 0;
    }
    Path folder = saved.get().folder();
    optimizer.load(folder.resolve(OPTIMIZER));
    String text = BoundedText.read(folder.resolve(METRICS), 100).strip();
    if (optimizer.steps() != saved.get().step() || !text.matches("[0-9]{1,18}")) {
      throw new AreteException(
          folder + " is damaged: its step or its cursor is wrong; repeat the stage.");
    }
    return Long.parseLong(text);
  }
}
