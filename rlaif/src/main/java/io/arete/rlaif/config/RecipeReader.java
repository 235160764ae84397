package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

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
    return read(file, overrides, (recipe, faults) -> {});
  }

  /**
   * The recipe of a file of which more is looked at than what it says.
   *
   * @param overrides of the form {@code section.key=value}; later ones win
   * @param more adds faults of its own; it is asked where keys have faults, too, and sees the
   *     defaults of those then, but neither a name nor a base that is not given
   * @throws AreteException that lists every fault of the file and the overrides, and those of
   *     {@code more}
   */
  public static Recipe read(Path file, List<String> overrides, BiConsumer<Recipe, Faults> more) {
    return recipe(YamlReader.read(file), file.toString(), folderOf(file), overrides, more);
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
    return recipe(YamlReader.parse(text, name), name, folder, overrides, (recipe, faults) -> {});
  }

  /** Where the relative paths of a recipe begin. */
  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file : folder;
  }

  private static Recipe recipe(
      YamlNode.Mapping root,
      String name,
      Path folder,
      List<String> overrides,
      BiConsumer<Recipe, Faults> more) {
    Faults faults = new Faults(name);
    Recipe recipe =
        new Recipe(new ValuesReader(Recipe.keys(), faults).read(root, folder, overrides));
    // A key's default in the place of a wrong value could contradict other keys where the value
    // that was meant does not.
    if (faults.isEmpty()) {
      RecipeChecks.check(recipe, faults);
    }
    if (faults.isEmpty()) {
      recipe.cells().forEach(cell -> cell(cell, faults));
    }
    more.accept(recipe, faults);
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
