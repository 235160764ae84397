package io.arete.cli;

import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One stage alone; the results of the stages before must be there. */
@Command(sortOptions = false)
final class StageCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RECIPE", description = "The recipe, a YAML file.")
  private Path recipe = Path.of("");

  @Mixin private RunOptions options = new RunOptions();
  private final Stage stage;

  private StageCommand(Stage stage) {
    this.stage = stage;
  }

  /** A command for each stage, in the order in which a run has them. */
  static List<CommandSpec> all() {
    return List.of(
        of(Stage.SFT, "sft", "The first stage alone: supervised fine-tuning."),
        of(
            Stage.FEEDBACK,
            "feedback",
            "The second stage alone: conversations, and which is preferred."),
        CommandSpec.forAnnotatedObject(new RewardCommand()),
        of(
            Stage.PPO,
            "ppo",
            "The fourth stage alone: the policy against the ensemble of reward models."),
        CommandSpec.forAnnotatedObject(new EvaluateCommand()),
        CommandSpec.forAnnotatedObject(new AttackCommand()));
  }

  private static CommandSpec of(Stage stage, String name, String description) {
    CommandSpec command = CommandSpec.forAnnotatedObject(new StageCommand(stage)).name(name);
    command.usageMessage().description(description);
    return command;
  }

  @Override
  public void run() {
    options.run(spec, recipe, Optional.of(stage), stage);
  }
}
