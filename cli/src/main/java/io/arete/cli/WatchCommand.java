package io.arete.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run in the terminal while it goes. */
@Command(
    name = "watch",
    description =
        "Show a run while it goes: stages, remaining time, curves, gates, the newest conversation;"
            + " until it ends.",
    sortOptions = false,
    footer = {
      "",
      "Reads the run's folder and changes nothing. Ctrl-C ends the watching, not the run.",
      "Exit code 3 if a gate stopped the run."
    })
final class WatchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's folder, such as runs/NAME.")
  private Path run = Path.of("");

  @Option(names = "--once", description = "Show it as it is now, whole, and end.")
  private boolean once;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Seconds between two looks; default: ${DEFAULT-VALUE}.")
  private int every = 2;

  @Override
  public Integer call() throws InterruptedException {
    if (every < 1) {
      throw new ParameterException(
          spec.commandLine(), "--every is " + every + " but must be at least 1.");
    }
    WatchedRuns runs = new WatchedRuns(run);
    runs.look();
    follow(runs, WatchScreen.ofProcess(), spec.commandLine().getOut());
    return (runs.stopped() ? ExitCode.STOPPED : ExitCode.DONE).code();
  }

  private void follow(WatchedRuns runs, WatchScreen screen, PrintWriter out)
      throws InterruptedException {
    if (once) {
      new WatchScreen(false, screen.colored())
          .show(picture(runs, screen, true), screen.size(), out);
      return;
    }
    screen.open(out);
    String shown = "";
    while (true) {
      String milestones = runs.milestones();
      // Where lines pile up, they are worth it only when something has happened.
      if (screen.terminal() || !milestones.equals(shown)) {
        screen.show(picture(runs, screen, false), screen.size(), out);
        shown = milestones;
      }
      if (!runs.running() || out.checkError()) {
        return;
      }
      Thread.sleep(Duration.ofSeconds(every).toMillis());
      runs.look();
    }
  }

  /** All curves where they fit, or else the newest stage's. */
  private static List<String> picture(WatchedRuns runs, WatchScreen screen, boolean whole) {
    WatchScreen.Size size = screen.size();
    List<String> lines = draw(runs, screen, size, true);
    return whole || lines.size() < size.rows() ? lines : draw(runs, screen, size, false);
  }

  private static List<String> draw(
      WatchedRuns runs, WatchScreen screen, WatchScreen.Size size, boolean allCurves) {
    Canvas canvas = new Canvas(size.columns(), screen.colored());
    runs.draw(canvas, allCurves);
    return canvas.lines();
  }
}
