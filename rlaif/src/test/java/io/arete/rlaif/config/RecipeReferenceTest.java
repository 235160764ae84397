package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeReferenceTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void thePageInTheDocsListsTheKeysThatThereAre() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/recipe-reference.md"));
    assertThat(page)
        .as("write RecipeReference.markdown() to docs/recipe-reference.md")
        .isEqualTo(RecipeReference.markdown());
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
