package io.arete.cli;

import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The reward stage alone, and what else can be done with reward models. */
@Command(
    name = "reward",
    description =
        "The third stage alone: a reward model for each facet. Also: how long its texts are, a"
            + " reward model of your own pairs, and how reward models do on other pairs.",
    subcommands = {
      RewardLengthsCommand.class,
      RewardTrainCommand.class,
      RewardEvaluateCommand.class
    },
    commandListHeading = "%nOr, instead of RECIPE:%n",
    synopsisSubcommandLabel = "",
    sortOptions = false)
final class RewardCommand implements Runnable {

  @Spec private CommandSpec spec;

  // Not required, or the commands below would ask for it, too.
  @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "The recipe, a YAML file.")
  private @Nullable Path recipe;

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public void run() {
    if (recipe == null) {
      throw new ParameterException(
          spec.commandLine(), "RECIPE is missing, or lengths, train or evaluate.");
    }
    options.run(spec, recipe, Optional.of(Stage.REWARD), Stage.REWARD);
  }
}
