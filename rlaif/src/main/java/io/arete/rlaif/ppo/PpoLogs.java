package io.arete.rlaif.ppo;

import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.tensorboard.EventFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The append-only files of PPO: metrics of every iteration and a few of its rollouts; looks at the
 * policy and some conversations of each.
 */
final class PpoLogs implements AutoCloseable {

  /** Rollouts of an iteration that are kept for people to read. */
  private static final int SAMPLES = 4;

  private static final String LOOKS = "looks.jsonl";

  private final MetricLog metrics;
  private final JsonLinesWriter rollouts;
  private final JsonLinesWriter looks;
  private final EventFile lookEvents;
  private final JsonLinesWriter samples;

  private PpoLogs(
      MetricLog metrics,
      JsonLinesWriter rollouts,
      JsonLinesWriter looks,
      EventFile lookEvents,
      JsonLinesWriter samples) {
    this.metrics = metrics;
    this.rollouts = rollouts;
    this.looks = looks;
    this.lookEvents = lookEvents;
    this.samples = samples;
  }

  /** Opens all where a checkpoint left them. */
  static PpoLogs openAt(RunFolder folder, TrainerState.LogCursors cursors) {
    Path stage = folder.stage(Stage.PPO);
    List<Runnable> open = new ArrayList<>();
    try {
      MetricLog metrics = MetricLog.openAt(folder.metrics(Stage.PPO), cursors.metrics());
      open.add(metrics::close);
      JsonLinesWriter rollouts =
          JsonLinesWriter.openAt(stage.resolve("rollouts.jsonl"), cursors.rollouts());
      open.add(rollouts::close);
      JsonLinesWriter looks = JsonLinesWriter.openAt(stage.resolve(LOOKS), cursors.looks());
      open.add(looks::close);
      EventFile lookEvents = EventFile.open(stage.resolve("looks"));
      open.add(lookEvents::close);
      looks(folder).forEach(look -> lookEvents.append(look.iteration(), look.numbers()));
      lookEvents.cut();
      return new PpoLogs(
          metrics,
          rollouts,
          looks,
          lookEvents,
          JsonLinesWriter.openAt(stage.resolve("samples.jsonl"), cursors.samples()));
    } catch (RuntimeException e) {
      open.forEach(Runnable::run);
      throw e;
    }
  }

  /** The looks that were written. */
  static List<PolicyLook> looks(RunFolder folder) {
    Path file = folder.stage(Stage.PPO).resolve(LOOKS);
    return Files.exists(file)
        ? JsonLines.readAppended(file, (line, row) -> Optional.of(PolicyLook.ofJson(row)))
        : List.of();
  }

  /** Appends an iteration. */
  void append(IterationHealth health, List<Rollout> round) {
    metrics.append(PpoMetrics.of(health));
    round.stream()
        .limit(SAMPLES)
        .forEach(rollout -> rollouts.append(rollout.toJson(health.round().iteration())));
  }

  /** Appends a look. */
  void append(PolicyLooks.Looked looked) {
    looks.append(looked.look().toJson());
    lookEvents.append(looked.look().iteration(), looked.look().numbers());
    looked.shown().forEach(samples::append);
  }

  /** Returns the sizes when the disk holds every line. */
  TrainerState.LogCursors force() {
    metrics.force();
    rollouts.force();
    looks.force();
    lookEvents.force();
    samples.force();
    return new TrainerState.LogCursors(
        metrics.cursor(), rollouts.cursor(), looks.cursor(), samples.cursor());
  }

  @Override
  public void close() {
    metrics.close();
    rollouts.close();
    looks.close();
    lookEvents.close();
    samples.close();
  }
}
