package io.arete.cli;

import io.arete.rlaif.recipe.Doctor;
import io.arete.rlaif.recipe.DoctorReport;
import io.arete.rlaif.recipe.RunTree;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All gates on one run. */
@Command(
    name = "doctor",
    description =
        "Say what is wrong with a run: all gates on a run's folder, finished, stopped or old.",
    sortOptions = false,
    footer = {"", "Exit code 3 if a gate says stop, whether it was forced or not."})
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's folder, such as runs/NAME.")
  private Path run = Path.of("");

  @Option(
      names = "--files-only",
      description = "Read what the stages left; load no model and make no experiments.")
  private boolean filesOnly;

  @Option(
      names = "--json",
      description = "Print it as one JSON object; one a line for each of several seeds or cells.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean stops = false;
    for (Path one : RunTree.isTree(run) ? RunTree.ofFolder(run).begun() : List.of(run)) {
      DoctorReport report;
      try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
        report = Doctor.examine(one, !filesOnly, listener);
      }
      out.print(json ? report.toJson() + "\n" : report.text());
      out.flush();
      stops |= report.stops();
    }
    return (stops ? ExitCode.STOPPED : ExitCode.DONE).code();
  }
}
