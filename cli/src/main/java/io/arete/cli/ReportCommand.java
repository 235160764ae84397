package io.arete.cli;

import io.arete.rlaif.recipe.RunPages;
import io.arete.rlaif.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs on one page. */
@Command(
    name = "report",
    description =
        "Write a run's page: verdict, pictures, talks, gates. Several runs, or a recipe's with"
            + " seeds or a grid, come on one page. It asks no network.",
    sortOptions = false)
final class ReportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "A run's folder, finished or not, or that of a study of attacks; several runs are"
              + " compared, in this order.")
  private List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where the page goes (default: report.html in the run's folder, of several runs here).")
  private @Nullable Path out;

  @Override
  public void run() {
    Path here = Path.of(RunReport.FILE);
    Path page = out != null ? out : runs.size() == 1 ? runs.get(0).resolve(here) : here;
    RunPages.write(runs, page);
    spec.commandLine().getOut().println(page);
  }
}
