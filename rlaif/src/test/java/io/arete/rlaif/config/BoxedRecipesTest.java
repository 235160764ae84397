package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxedRecipesTest {

  private static final Path RECIPES = Path.of("../recipes");

  static List<Path> recipes() throws IOException {
    try (Stream<Path> found = Files.walk(RECIPES)) {
      return found
          .filter(file -> file.toString().endsWith(".yaml"))
          // Constitutions, and the recipes of base models.
          .filter(file -> !file.toString().matches(".*(constitution|practice-base|-judge)\\.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void everyRecipeInTheBoxIsOneThatCanBeRun(Path recipe) {
    Recipe read = RecipeReader.read(recipe, List.of());
    // Their runs would overwrite each other.
    String file = String.valueOf(recipe.getFileName());
    assertThat(file).isEqualTo(read.general().name() + ".yaml");
  }
}
