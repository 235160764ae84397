package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.nio.file.Path;
import java.util.List;

/** Reads a recipe: a YAML file, with overrides from the command line on top. */
public final class RecipeReader {

  private RecipeReader() {}

  /**
   * The recipe of a file.
   *
   * @param overrides of the form {@code section.key=value}; later ones win
   * @throws AreteException that lists every fault of the file and the overrides
   */
  public static Recipe read(Path file, List<String> overrides) {
    return recipe(YamlReader.read(file), file.toString(), folderOf(file), overrides);
  }

  /**
   * The recipe of a text.
   *
   * @param name what messages call the text
   * @param folder where its relative paths begin
   * @param overrides of the form {@code section.key=value}; later ones win
   * @throws AreteException that lists every fault of the text and the overrides
   */
  public static Recipe parse(String text, String name, Path folder, List<String> overrides) {
    return recipe(YamlReader.parse(text, name), name, folder, overrides);
  }

  /** Where the relative paths of a recipe begin. */
  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file : folder;
  }

  private static Recipe recipe(
      YamlNode.Mapping root, String name, Path folder, List<String> overrides) {
    Faults faults = new Faults(name);
    Recipe recipe =
        new Recipe(new ValuesReader(Recipe.keys(), faults).read(root, folder, overrides));
    RecipeChecks.check(recipe, faults);
    faults.throwIfAny();
    for (Grid.Cell cell : recipe.cells()) {
      cell(cell, faults);
    }
    faults.throwIfAny();
    return recipe;
  }

  /** What one key asks of another must hold in every cell of the grid, too. */
  private static void cell(Grid.Cell cell, Faults faults) {
    Faults own = new Faults("the grid's cell " + cell.settings());
    RecipeChecks.check(cell.recipe(), own);
    try {
      own.throwIfAny();
    } catch (AreteException e) {
      faults.add(String.valueOf(e.getMessage()).replaceAll("\\.$", ""));
    }
  }
}
