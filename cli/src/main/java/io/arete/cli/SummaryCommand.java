package io.arete.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a run has to tell, also while it runs. */
@Command(
    name = "summary",
    description =
        "Show what a run has found so far, also while it runs; of seeds and a grid the table of all.",
    sortOptions = false)
final class SummaryCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's folder, such as runs/NAME.")
  private Path run = Path.of("");

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  @Override
  public void run() {
    RunOptions.print(spec.commandLine(), run, json);
  }
}
