package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.tensor.DtypeChoice;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.recipe.LengthTable;
import io.arete.rlaif.reward.LengthReport;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a longest length would keep of a run's texts, and cost. */
@Command(
    name = "lengths",
    description =
        "Show how long the texts of a run's pairs are, and what a longest length keeps and costs.",
    sortOptions = false)
final class RewardLengthsCommand implements Runnable {

  /** Rows of the product by which the machine's speed is measured. */
  private static final int ROWS = 512;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN|RECIPE",
      description = "A run's folder whose feedback is done, or the recipe of runs/NAME.")
  private Path place = Path.of("");

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    ObjectNode report;
    try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
      report =
          FinishedRun.with(folder(), Stage.FEEDBACK, listener, RewardLengthsCommand::withSpeed);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report + "\n" : LengthTable.text(report, report.path("gigaflops").asDouble()));
    out.flush();
  }

  private Path folder() {
    return Files.isRegularFile(place)
        ? Path.of("runs", RecipeReader.read(place, List.of()).general().name())
        : place;
  }

  private static ObjectNode withSpeed(StageContext context) {
    DecoderModel decoder = context.model().decoder();
    ModelConfig config = decoder.config();
    return LengthReport.of(context)
        .put(
            "gigaflops",
            DtypeChoice.gigaflops(
                decoder.device(),
                decoder.dtype(),
                ROWS,
                config.shape().hidden(),
                config.shape().inner()));
  }
}
