package io.arete.cli;

import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.recipe.RecipeFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds every fault of a recipe before any time is spent. */
@Command(
    name = "validate",
    description = "Check a recipe and the files it names; all faults are listed at once.",
    sortOptions = false)
final class ValidateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RECIPE", description = "The recipe, a YAML file.")
  private Path recipe = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the recipe; may be repeated.")
  private List<String> overrides = List.of();

  @Option(names = "--full", description = "Print the recipe with every default written out.")
  private boolean full;

  @Override
  public void run() {
    RunAsRecipe.refuse(recipe);
    Recipe read = RecipeFiles.read(recipe, overrides);
    spec.commandLine().getOut().println(full ? read.toYaml().strip() : recipe + " is valid.");
  }
}
