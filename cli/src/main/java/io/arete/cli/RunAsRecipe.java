package io.arete.cli;

import io.arete.engine.AreteException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a run where a recipe was asked for: the run has its recipe in it. */
final class RunAsRecipe {

  private RunAsRecipe() {}

  /**
   * Returns if the path is no run's folder.
   *
   * @throws AreteException that says how to go on with the run, if it is one
   */
  static void refuse(Path given) {
    Path recipe = given.resolve("recipe.yaml");
    if (Files.isRegularFile(recipe)) {
      throw new AreteException(
          "%s is a run, not a recipe; give its recipe, %s, and --run %s to go on with it."
              .formatted(given, recipe, given));
    }
  }
}
