package io.arete.rlaif.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.rlaif.data.JsonLinesWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A stage in a process of its own, to be killed: it counts, and saves its count every two steps.
 */
final class ChildRun {

  private ChildRun() {}

  static Process start(Path folder, int steps) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ChildRun.class.getName(),
            folder.toString(),
            Integer.toString(steps))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs the stage to its end. */
  public static void main(String[] arguments) {
    run(
        Path.of(arguments[0]),
        Integer.parseInt(arguments[1]),
        step -> System.out.println("step " + step));
  }

  static void run(Path root, int steps, LongConsumer listener) {
    try (RunFolder folder = RunFolder.open(root)) {
      RunProgress progress = RunProgress.open(folder, 1, Map.of("threads", "1"));
      if (progress.begin(Stage.SFT, Map.of("recipe section sft", "abc"))
          == RunProgress.Task.NOTHING) {
        return;
      }
      count(folder, steps, listener);
      progress.done(Stage.SFT);
    }
  }

  private static void count(RunFolder folder, int steps, LongConsumer listener) {
    Checkpoints checkpoints = Checkpoints.open(folder.stage(Stage.SFT));
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    long step = saved.map(Checkpoints.Saved::step).orElse(0L);
    try (MetricLog log = MetricLog.openAt(folder.metrics(Stage.SFT), number(saved, "metrics"));
        JsonLinesWriter rows =
            JsonLinesWriter.openAt(folder.conversations(), number(saved, "rows"))) {
      while (step < steps) {
        step++;
        rows.append(JsonNodeFactory.instance.objectNode().put("row", step));
        log.append(new Metric(step, Map.of("loss", 1.0 / step)));
        if (step % 2 == 0 || step == steps) {
          log.force();
          rows.force();
          checkpoints.save(
              step,
              state -> {
                Files.writeString(state.resolve("metrics"), Long.toString(log.cursor()));
                Files.writeString(state.resolve("rows"), Long.toString(rows.cursor()));
              });
        }
        listener.accept(step);
      }
    }
  }

  private static long number(Optional<Checkpoints.Saved> saved, String name) {
    return saved.map(state -> Long.parseLong(read(state.folder().resolve(name)))).orElse(0L);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
