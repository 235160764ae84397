package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecipeReferenceTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\w./-])((?:sft|feedback|reward|ppo|evaluation|gates|data|dpo)"
              + "(?:\\.[a-z_0-9]+)+)(?![\\w/])");

  @Test
  void thePageInTheDocsListsTheKeysThatThereAre() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/recipe-reference.md"));
    assertThat(page)
        .as("write RecipeReference.markdown() to docs/recipe-reference.md")
        .isEqualTo(RecipeReference.markdown());
  }

  /** Whoever follows a message's advice must not be told next that there is no such key. */
  @Test
  void everyKeyThatAMessageNamesIsThere() throws IOException {
    String page = RecipeReference.markdown();
    List<String> unknown = new ArrayList<>();
    for (String module : List.of("rlaif", "cli", "world", "langchain4j")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          Matcher text = TEXT.matcher(Files.readString(file));
          while (text.find()) {
            KEY.matcher(text.group(1))
                .results()
                .map(key -> key.group(1))
                .filter(key -> !key.endsWith(".json") && !isKey(key, page))
                .forEach(key -> unknown.add(file.getFileName() + ": " + key));
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** A key, or a group of keys. */
  private static boolean isKey(String name, String page) {
    return page.contains("`" + name + "`") || page.contains("`" + name + ".");
  }

  @Test
  void theBaseModelsRecipeIsFreeOfFaults() {
    PretrainRecipe recipe =
        PretrainRecipe.read(ROOT.resolve("recipes/practice-base.yaml"), List.of());
    assertThat(recipe.model().context()).isGreaterThanOrEqualTo(512);
  }

  @Test
  void theRecipeInTheBoxIsFreeOfFaults() {
    Recipe recipe = RecipeReader.read(ROOT.resolve("recipes/smollm2-small.yaml"), List.of());
    assertThat(recipe.feedback().source()).isEqualTo(FeedbackSection.Source.HUMAN);
    assertThat(recipe.reward().heldOut()).isGreaterThanOrEqualTo(400);
  }
}
