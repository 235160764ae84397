package io.arete.cli;

import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The whole way, or a part of it. */
@Command(
    name = "run",
    description =
        "Run a recipe: all stages that are not done yet, with gates between; of every seed and cell"
            + " of its grid.",
    sortOptions = false)
final class RunCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RECIPE", description = "The recipe, a YAML file.")
  private Path recipe = Path.of("");

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description =
          "Make this stage's results and all later ones anew (${COMPLETION-CANDIDATES}); without"
              + " it, the run goes on where it is.")
  private @Nullable Stage from;

  @Option(
      names = "--to",
      paramLabel = "STAGE",
      defaultValue = "ATTACK",
      description = "Stop after this stage.")
  private Stage to = Stage.ATTACK;

  @Override
  public void run() {
    options.run(spec, recipe, Optional.ofNullable(from), to);
  }
}
