package io.arete.cli;

import io.arete.rlaif.run.Stage;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Each stage as a command of its own; the results of the stages before must be there. */
final class StageCommands {

  private StageCommands() {}

  /** All of them, in the order in which a run has them. */
  static List<Object> all() {
    return List.of(
        new SftCommand(),
        new FeedbackCommand(),
        new RewardCommand(),
        new PpoCommand(),
        new EvaluateCommand());
  }

  @Command(
      name = "sft",
      description = "The first stage alone: supervised fine-tuning.",
      sortOptions = false)
  static final class SftCommand implements Runnable {

    @Spec private CommandSpec spec;
    @Mixin private RunOptions options = new RunOptions();

    @Override
    public void run() {
      options.run(spec, Optional.of(Stage.SFT), Stage.SFT);
    }
  }

  @Command(
      name = "feedback",
      description = "The second stage alone: conversations, and which is preferred.",
      sortOptions = false)
  static final class FeedbackCommand implements Runnable {

    @Spec private CommandSpec spec;
    @Mixin private RunOptions options = new RunOptions();

    @Override
    public void run() {
      options.run(spec, Optional.of(Stage.FEEDBACK), Stage.FEEDBACK);
    }
  }

  @Command(
      name = "reward",
      description = "The third stage alone: a reward model for each facet.",
      sortOptions = false)
  static final class RewardCommand implements Runnable {

    @Spec private CommandSpec spec;
    @Mixin private RunOptions options = new RunOptions();

    @Override
    public void run() {
      options.run(spec, Optional.of(Stage.REWARD), Stage.REWARD);
    }
  }

  @Command(
      name = "ppo",
      description = "The fourth stage alone: the policy against the ensemble of reward models.",
      sortOptions = false)
  static final class PpoCommand implements Runnable {

    @Spec private CommandSpec spec;
    @Mixin private RunOptions options = new RunOptions();

    @Override
    public void run() {
      options.run(spec, Optional.of(Stage.PPO), Stage.PPO);
    }
  }

  @Command(
      name = "evaluate",
      description = "The last stage alone: base against tuned, with an interval.",
      sortOptions = false)
  static final class EvaluateCommand implements Runnable {

    @Spec private CommandSpec spec;
    @Mixin private RunOptions options = new RunOptions();

    @Override
    public void run() {
      options.run(spec, Optional.of(Stage.EVALUATION), Stage.EVALUATION);
    }
  }
}
