package io.arete.rlaif.training;

import io.arete.engine.train.AdamW;
import io.arete.rlaif.run.MetricLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that a training's next step depends on.
 *
 * @param best the best state so far, where an early stop looks for it; closed with this
 */
record LoopState(AdamW optimizer, MetricLog log, Optional<BestSoFar> best)
    implements AutoCloseable {

  /** Writes a checkpoint's files. */
  void write(Path folder) throws IOException {
    TrainingState.write(folder, optimizer, log.cursor());
    if (best.isPresent()) {
      best.get().write(folder);
    }
  }

  /** Whether the early stop, if there is one, says so. */
  boolean enough() {
    return best.filter(BestSoFar::enough).isPresent();
  }

  /** Lets the early stop look at the step that was just made; the loss, if it read one. */
  OptionalDouble look(long step, boolean last) {
    return best.map(state -> state.look(step, last)).orElse(OptionalDouble.empty());
  }

  /** Gives the trainee the weights that are kept, and says of which step they are. */
  long putBack() {
    return best.map(BestSoFar::putBack).orElse(optimizer.steps());
  }

  @Override
  public void close() {
    best.ifPresent(BestSoFar::close);
  }
}
