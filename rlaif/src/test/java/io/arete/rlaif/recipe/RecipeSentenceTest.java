package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.recipe.RunFigures.Figure;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever cannot tell must hear what would tell, or the next run is no better planned. */
class RecipeSentenceTest {

  private static final Recipe RECIPE =
      RecipeReader.parse(
          "name: x\nbase: b\nseeds: [1, 2, 3]\ndata: {pairs: p}\n",
          "x.yaml",
          Path.of("."),
          List.of());

  @Test
  void aGainIsOneWhereTheWholeIntervalLiesAboveNothing() {
    assertThat(sentence(1.0, 0.02)).startsWith("This recipe: gain, tuned - base is +1.");
  }

  @Test
  void aLossSaysWhichGainWouldHaveShown() {
    assertThat(sentence(-1.0, 0.02))
        .startsWith("This recipe: no gain, ")
        .contains(", none of it above 0; a true difference of ")
        .endsWith(" would have shown in 80 of 100 such studies.");
  }

  /**
   * Means of 0.1, 0.4 and 0.7: 5.36 standard errors of 0.173 are 0.93. With six seeds it would be
   * 3.49 of 0.122, 0.43, and with nine 3.20 of 0.1, 0.32.
   */
  @Test
  void whereNothingCanBeToldItSaysHowManyMoreSeedsAndPromptsWouldTell() {
    assertThat(sentence(0.4, 0.3))
        .startsWith("This recipe: cannot tell, ")
        .contains(", which holds 0; a true difference of 0.9")
        .endsWith("about 3 times as many seeds and as many prompts would tell.");
    assertThat(sentence(0.001, 0.3))
        .endsWith("what was found is too small to be shown by any number that could be made.");
  }

  /** Three seeds whose numbers lie so far apart, the middle one's at {@code value}. */
  private static String sentence(double value, double apart) {
    List<Map<String, Double>> numbers =
        IntStream.of(-1, 0, 1).mapToObj(seed -> prompts(value + seed * apart)).toList();
    Measured score =
        Measured.ofRecipe(numbers, 20_000, CountedRandom.of(1).at("sentence")).orElseThrow();
    List<RunFigures> runs =
        numbers.stream()
            .map(
                own ->
                    new RunFigures(
                        "done",
                        "",
                        Map.of(Figure.SCORE, own),
                        List.of(),
                        OptionalDouble.empty(),
                        Map.of(),
                        Map.of()))
            .toList();
    return new CellFigures(
            new RunTree.Cell(Map.of(), RECIPE, Path.of("x")),
            runs.get(0),
            runs,
            Collections.nCopies(3, Map.of()),
            Map.of(Figure.SCORE, score))
        .sentence();
  }

  private static Map<String, Double> prompts(double value) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      numbers.put("prompt " + i, value);
    }
    return numbers;
  }
}
