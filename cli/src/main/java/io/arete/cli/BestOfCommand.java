package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.bestof.BestOf;
import io.arete.rlaif.bestof.BestOfPlan;
import io.arete.rlaif.recipe.BestOfTable;
import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.run.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a run's reward models choose, and what that is worth. */
@Command(
    name = "best-of",
    description =
        "Let a run's reward models choose among several replies, and see what that brings.",
    sortOptions = false)
final class BestOfCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's folder, such as runs/NAME.")
  private Path run = Path.of("");

  @Option(
      names = "--prompts",
      paramLabel = "N",
      defaultValue = "64",
      description = "Watch prompts at most (default: ${DEFAULT-VALUE}).")
  private int prompts;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "16",
      description = "Replies to a prompt, a power of 4 (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    BestOfPlan plan = plan();
    ObjectNode summary;
    try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
      summary = FinishedRun.with(run, Stage.REWARD, listener, context -> BestOf.run(context, plan));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? summary + "\n" : BestOfTable.text(summary));
    out.flush();
  }

  private BestOfPlan plan() {
    try {
      return new BestOfPlan(prompts, samples);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }
}
