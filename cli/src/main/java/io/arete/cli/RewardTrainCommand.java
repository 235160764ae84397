package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.BuiltVersions;
import io.arete.rlaif.labeling.GivenPairs;
import io.arete.rlaif.labeling.PairSource;
import io.arete.rlaif.recipe.PairTrainingRun;
import io.arete.rlaif.recipe.PairTrainingTable;
import io.arete.rlaif.reward.GivenComparison;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A reward model of pairs that someone has. */
@Command(
    name = "train",
    description = "Train a reward model on pairs of which is known which reply is better.",
    sortOptions = false,
    footer = {
      "",
      "FILE has columns chosen and rejected, and perhaps prompt and p (how probably chosen is",
      "better), as label writes them; perhaps also weight (how much the pair counts) and margin",
      "(by how much chosen should lead; used with --set reward.margin=true). The folder --out",
      "gets the model in PEFT form, its card, and evaluation.json: how it does on pairs that it",
      "has not seen. Which pairs these are does not depend on --seed. A training that was cut",
      "goes on.",
      "Exit code 3: on these pairs it may be no better than a coin (--force)."
    })
final class RewardTrainCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private PairOptions pairs = new PairOptions();

  @Option(
      names = "--base",
      required = true,
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder that the reward model stands on.")
  private Path base = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The reward model's folder (default: the name of FILE with -reward).")
  private @Nullable Path out;

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description = "Pairs to try it on, with other prompts.")
  private @Nullable Path heldOut;

  @Option(
      names = "--held-out-share",
      paramLabel = "S",
      description = "Share of the prompts whose pairs are held out (default: 0.3).")
  private @Nullable Double share;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Whole number that first weights, order and dropout follow from (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A key of a recipe's sections reward or gates, or tuning, dtype, threads or memory, such"
              + " as reward.epochs=2; may be repeated.")
  private List<String> overrides = List.of();

  @Option(
      names = "--force",
      paramLabel = "GATE",
      description = "End well although this gate says stop; may be repeated.")
  private List<String> forced = List.of();

  @Option(names = "--json", description = "Print what evaluation.json says as one JSON object.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    if (heldOut != null && share != null) {
      throw new ParameterException(
          spec.commandLine(), "Say either --held-out or --held-out-share.");
    }
    double part = share == null ? 0.3 : share;
    if (!(part > 0 && part < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--held-out-share is " + part + " but must be between 0 and 1.");
    }
    Path folder = out == null ? Path.of(pairs.name() + "-reward") : out;
    try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
      GivenPairs given = GivenComparisons.toTrain(pairs.source());
      listener.note(given.columns().told());
      PairTrainingRun.Plan plan =
          new PairTrainingRun.Plan(
              base,
              folder,
              given.file(),
              GivenComparisons.of(given),
              Optional.ofNullable(heldOut).map(RewardTrainCommand::others),
              part,
              Stream.concat(overrides.stream(), Stream.of("seed=" + seed)).toList(),
              RunOptions.gates(spec.commandLine(), forced),
              BuiltVersions.ofResults());
      PairTrainingRun.Result result = PairTrainingRun.run(plan, listener);
      print(folder, result.found());
      if (result.stop().isPresent()) {
        throw result.stop().get();
      }
    }
  }

  /** The pairs of another file, under names that no pair of the first has. */
  private static List<GivenComparison> others(Path file) {
    return GivenComparisons.of(GivenComparisons.toTrain(PairSource.of(file))).stream()
        .map(
            one ->
                new GivenComparison(
                    "held-out " + one.id(),
                    one.prompt(),
                    one.chosen(),
                    one.rejected(),
                    one.p(),
                    one.margin(),
                    one.weight()))
        .toList();
  }

  private void print(Path folder, ObjectNode found) {
    PrintWriter output = spec.commandLine().getOut();
    output.print(json ? found + "\n" : PairTrainingTable.text(folder, found));
    output.flush();
  }
}
