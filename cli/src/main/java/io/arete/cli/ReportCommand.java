package io.arete.cli;

import io.arete.rlaif.report.RunReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run on one page. */
@Command(
    name = "report",
    description = "Write a run's page: verdict, pictures, talks, gates. It asks no network.",
    sortOptions = false)
final class ReportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A run's folder, finished or not.")
  private Path run = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the page goes (default: report.html in the run's folder).")
  private @Nullable Path out;

  @Override
  public void run() {
    Path page = out == null ? run.resolve(RunReport.FILE) : out;
    RunReport.write(run, page);
    spec.commandLine().getOut().println(page);
  }
}
