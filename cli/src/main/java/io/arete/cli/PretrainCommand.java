package io.arete.cli;

import io.arete.rlaif.config.PretrainRecipe;
import io.arete.rlaif.pretraining.Pretraining;
import io.arete.rlaif.pretraining.PretrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A base model from nothing. */
@Command(
    name = "pretrain",
    description = "Make a small base model from nothing: tokenizer and weights from a corpus.",
    footer = {"", "Killed or stopped, it goes on when it is started again."},
    sortOptions = false)
final class PretrainCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RECIPE", description = "The recipe of a base model, a YAML file.")
  private Path recipe = Path.of("");

  @Parameters(paramLabel = "OUT_FOLDER", description = "The model's folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the recipe, such as training.steps=4000; may be repeated.")
  private List<String> overrides = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Stop after this step for now, and write the model as it is then.")
  private long steps = Long.MAX_VALUE;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  @Override
  public void run() {
    Ranges.require(spec, "--steps", steps, 1, Long.MAX_VALUE);
    PretrainRecipe asked = PretrainRecipe.read(recipe, overrides);
    PretrainingResult result;
    try (StageProgress listener = new StageProgress(progress, spec.commandLine().getErr())) {
      result = Pretraining.run(asked, folder, steps, listener);
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: step %d of %d, %d tokens, loss %.4f, %.0f s in all%n",
            folder,
            result.step(),
            result.steps(),
            result.tokens(),
            result.loss(),
            result.seconds());
  }
}
