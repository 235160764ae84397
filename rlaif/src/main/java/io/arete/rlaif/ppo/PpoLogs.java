package io.arete.rlaif.ppo;

import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.List;

/** The append-only files of PPO: metrics of every iteration, and a few of its rollouts. */
final class PpoLogs implements AutoCloseable {

  /** Rollouts of an iteration that are kept for people to read. */
  private static final int SAMPLES = 4;

  private final MetricLog metrics;
  private final JsonLinesWriter rollouts;

  private PpoLogs(MetricLog metrics, JsonLinesWriter rollouts) {
    this.metrics = metrics;
    this.rollouts = rollouts;
  }

  /** Opens both where a checkpoint left them. */
  static PpoLogs openAt(RunFolder folder, TrainerState.LogCursors cursors) {
    Path file = folder.stage(Stage.PPO).resolve("rollouts.jsonl");
    MetricLog metrics = MetricLog.openAt(folder.metrics(Stage.PPO), cursors.metrics());
    try {
      return new PpoLogs(metrics, JsonLinesWriter.openAt(file, cursors.rollouts()));
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  /** Appends an iteration. */
  void append(IterationHealth health, List<Rollout> round) {
    metrics.append(PpoMetrics.of(health));
    round.stream()
        .limit(SAMPLES)
        .forEach(rollout -> rollouts.append(rollout.toJson(health.round().iteration())));
  }

  /** Returns the sizes when the disk holds every line. */
  TrainerState.LogCursors force() {
    metrics.force();
    rollouts.force();
    return new TrainerState.LogCursors(metrics.cursor(), rollouts.cursor());
  }

  @Override
  public void close() {
    metrics.close();
    rollouts.close();
  }
}
