package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.RunInstead;
import io.arete.engine.hub.RepoName;
import io.arete.rlaif.attack.prompt.TemplateReader;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.file.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks whether what a recipe names is there, before hours are spent. */
public final class RecipeFiles {

  private RecipeFiles() {}

  /**
   * The recipe of a file, if every file and folder is there that it names.
   *
   * @param overrides of the form {@code section.key=value}; later ones win
   * @throws AreteException that lists all that is wrong, with the recipe or with its files
   */
  public static Recipe read(Path file, List<String> overrides) {
    return RecipeReader.read(file, overrides, RecipeFiles::look);
  }

  /**
   * Returns if every file and folder is there.
   *
   * @param name what messages call the recipe
   * @throws AreteException that lists all that are not
   */
  public static void check(Recipe recipe, String name) {
    Faults faults = new Faults(name);
    look(recipe, faults);
    faults.throwIfAny();
  }

  private static void look(Recipe recipe, Faults faults) {
    recipe.base().ifPresent(path -> folder("base", path, faults));
    recipe.data().pairs().ifPresent(path -> file("data.pairs", path, faults));
    recipe.data().prompts().ifPresent(path -> file("data.prompts", path, faults));
    recipe.sft().conversations().ifPresent(path -> file("sft.conversations", path, faults));
    recipe.evaluation().questions().ifPresent(path -> file("evaluation.questions", path, faults));
    recipe.evaluation().unsafe().ifPresent(p -> file("evaluation.refusals.unsafe", p, faults));
    recipe.evaluation().safe().ifPresent(p -> file("evaluation.refusals.safe", p, faults));
    recipe
        .evaluation()
        .judge()
        .filter(EvaluationSection::isFolder)
        .ifPresent(judge -> folder("evaluation.judge", Path.of(judge), faults));
    recipe.attack().prompts().ifPresent(path -> file("attack.prompts", path, faults));
    recipe.attack().templates().ifPresent(place -> templates(place, faults));
    recipe.feedback().judge().ifPresent(path -> folder("feedback.judge", path, faults));
    recipe.feedback().committee().stream()
        .filter(FeedbackSection::isFolder)
        .forEach(member -> folder("feedback.committee", Path.of(member), faults));
    recipe
        .data()
        .truth()
        .ifPresent(
            truth -> {
              try {
                Truths.named(truth);
              } catch (AreteException e) {
                faults.add(String.valueOf(e.getMessage()).replaceAll("\\.$", ""));
              }
            });
    try {
      Constitution.load(recipe.constitution());
    } catch (AreteException e) {
      String sentence = String.valueOf(e.getMessage());
      faults.add("constitution: " + sentence.replaceAll("\\.$", ""));
    }
  }

  private static void templates(String place, Faults faults) {
    try {
      TemplateReader.read(place);
    } catch (AreteException e) {
      faults.add("attack.templates: " + String.valueOf(e.getMessage()).replaceAll("\\.$", ""));
    }
  }

  private static void folder(String key, Path path, Faults faults) {
    if (!Files.isRegularFile(path.resolve("config.json"))) {
      faults.add(
          RunInstead.sentence(path)
              .map(sentence -> key + ": " + sentence)
              .orElseGet(
                  () ->
                      key
                          + " is "
                          + path
                          + ", where there is no model (no config.json); give its folder"
                          + pull(path)));
    }
  }

  /** What else to do, if the path ends as the name of a model on a hub does. */
  private static String pull(Path path) {
    int parts = path.getNameCount();
    String name = parts < 2 ? "" : path.getName(parts - 2) + "/" + path.getName(parts - 1);
    return RepoName.isOwned(name) && !Files.exists(path)
        ? ", or run arete pull " + name + " if that is its name on a hub"
        : "";
  }

  private static void file(String key, Path path, Faults faults) {
    if (!Files.isRegularFile(path)) {
      faults.add(key + " is " + path + ", where there is no file; check the path");
    }
  }
}
