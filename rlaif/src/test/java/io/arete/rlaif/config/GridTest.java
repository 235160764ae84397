package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTest {

  private static final String SMALL = "name: small\nbase: model\ndata: {pairs: p}\n";

  private static Recipe parse(String more) {
    return RecipeReader.parse(SMALL + more, "small.yaml", Path.of("/here"), List.of());
  }

  @Test
  void everyCombinationIsARecipeOfItsOwnAndTheLastKeyChangesFastest() {
    Recipe recipe = parse("grid: {tuning: [lora, full], reward.max_length: [100, auto]}\n");

    List<Grid.Cell> cells = recipe.cells();

    assertThat(cells)
        .extracting(Grid.Cell::settings)
        .containsExactly(
            Map.of("tuning", "lora", "reward.max_length", "100"),
            Map.of("tuning", "lora", "reward.max_length", "auto"),
            Map.of("tuning", "full", "reward.max_length", "100"),
            Map.of("tuning", "full", "reward.max_length", "auto"));
    Recipe last = cells.get(3).recipe();
    assertThat(last.general().tuning()).isEqualTo(GeneralSection.Tuning.FULL);
    assertThat(last.reward().maxLength()).isEmpty();
    assertThat(last.general().grid().isEmpty()).isTrue();
    assertThat(recipe.general().tuning()).isEqualTo(GeneralSection.Tuning.LORA);
  }

  @Test
  void withoutAGridTheOneCellIsTheRecipeItself() {
    Recipe recipe = parse("");
    assertThat(recipe.cells()).hasSize(1);
    assertThat(recipe.cells().get(0).recipe()).isEqualTo(recipe);
    assertThat(recipe.cells().get(0).settings()).isEmpty();
  }

  @Test
  void aSeedsRecipeDiffersInTheSeedAlone() {
    Recipe recipe = parse("seeds: [4, 5]\n");
    assertThat(recipe.general().seeds()).containsExactly(4L, 5L);
    assertThat(recipe.withSeed(5).general().seed()).isEqualTo(5);
    assertThat(recipe.withSeed(5).general().seeds()).isEmpty();
    assertThat(recipe.withSeed(5)).isEqualTo(parse("seed: 5\n"));
  }

  @Test
  void aWrittenGridReadsBackEqualAndSoDoesOneFromTheCommandLine() {
    Recipe recipe = parse("grid: {sft.enabled: [false, true], tuning: [qlora, lora]}\n");
    Recipe back = RecipeReader.parse(recipe.toYaml(), "back", Path.of("/elsewhere"), List.of());
    assertThat(back).isEqualTo(recipe);
    assertThat(recipe.toYaml())
        .contains("grid: {sft.enabled: [false, true], tuning: [qlora, lora]}\n");
    String given = "grid={sft.enabled: [false, true], tuning: [qlora, lora]}";
    assertThat(RecipeReader.parse(SMALL, "s", Path.of("/here"), List.of(given))).isEqualTo(recipe);
    assertThat(
            RecipeReader.parse(recipe.toYaml(), "b", Path.of("/here"), List.of("grid=null"))
                .cells())
        .hasSize(1);
  }

  @Test
  void wrongGridsAreRefusedWithTheirReason() {
    refused("{rewards.max_length: [1]}", "unknown key rewards.max_length", "reward.max_length");
    refused("{reward.max_length: [100, never]}", "reward.max_length is \"never\"");
    refused("{reward.max_length: 100}", "a list of values for reward.max_length");
    refused("{tuning: [lora, lora]}", "the same value twice");
    refused("{seed: [1, 2]}", "cannot differ from cell to cell");
    refused("[1, 2]", "keys with a list of values each");
    refused(
        "{sft.epochs: [1,2,3,4,5], ppo.iterations: [1,2,3,4,5], ppo.epochs: [1,2,3]}",
        "75 combinations but must have at most 64");
    refused("{ppo.credit: [last, facet]}", "{ppo.credit=facet}", "ppo.train_turns: all");
  }

  @Test
  void wrongSeedsAreRefused() {
    for (String seeds : List.of("[1, 1]", "[-1]", "{a: 1}", "[1.5]")) {
      assertThatThrownBy(() -> parse("seeds: " + seeds + "\n"))
          .as(seeds)
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("seeds");
    }
    assertThat(parse("seeds: []\n").general().seeds()).isEmpty();
  }

  private static void refused(String grid, String... parts) {
    assertThatThrownBy(() -> parse("grid: " + grid + "\n"))
        .as(grid)
        .isInstanceOf(AreteException.class)
        .hasMessageContainingAll(parts);
  }
}
