package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.recipe.RunFigures.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the ablation answers its questions with: a wrong pairing would answer another question. */
class AxisEffectTest {

  private static final Recipe RECIPE =
      RecipeReader.parse(
          """
          name: effects
          base: model
          data: {pairs: p}
          seeds: [1, 2, 3]
          evaluation: {bootstrap: 500}
          grid: {sft.enabled: [false, true], tuning: [qlora, lora, full]}
          """,
          "effects",
          Path.of("/here"),
          List.of());

  private static final int PROMPTS = 30;

  @Test
  void aSettingsEffectIsFoundWhateverTheOthersDo() {
    List<AxisEffect> effects = AxisEffect.of(cells(true));

    AxisEffect tuned = worth(effects, "sft.enabled", "true");
    assertThat(tuned.from()).isEqualTo("false");
    assertThat(tuned.pairs()).isEqualTo(3);
    assertThat(tuned.change().orElseThrow().value()).isCloseTo(0.3, within(1e-9));
    assertThat(tuned.change().orElseThrow().interval().low()).isCloseTo(0.3, within(1e-6));
    AxisEffect full = worth(effects, "tuning", "full");
    assertThat(full.from()).isEqualTo("qlora");
    assertThat(full.pairs()).isEqualTo(2);
    assertThat(full.change().orElseThrow().value()).isCloseTo(-0.2, within(1e-9));
    assertThat(worth(effects, "tuning", "lora").change().orElseThrow().value())
        .isCloseTo(-0.1, within(1e-9));
  }

  @Test
  void aCellWithoutTheFigureIsLeftOutWithItsPartner() {
    List<AxisEffect> effects = AxisEffect.of(cells(false));

    AxisEffect tuned = worth(effects, "sft.enabled", "true");
    assertThat(tuned.pairs()).isEqualTo(2);
    assertThat(tuned.allPairs()).isEqualTo(3);
    assertThat(tuned.change().orElseThrow().value()).isCloseTo(0.3, within(1e-9));
    Optional<AxisEffect> accuracy =
        effects.stream().filter(effect -> effect.figure() == Figure.ACCURACY).findFirst();
    assertThat(accuracy.orElseThrow().change()).isEmpty();
    assertThat(accuracy.orElseThrow().pairs()).isZero();
  }

  @Test
  void withFewSeedsTheNumbersAreSaidToBeOfTheseModelsAlone() {
    List<CellFigures> cells =
        cells(true).stream()
            .map(
                cell ->
                    new CellFigures(
                        cell.cell(),
                        cell.feedback(),
                        cell.runs().subList(0, 2),
                        List.of(),
                        Map.of()))
            .toList();

    AxisEffect full = worth(AxisEffect.of(cells), "tuning", "full");
    assertThat(full.change()).isEmpty();
    assertThat(full.here().orElseThrow().value()).isCloseTo(-0.2, within(1e-9));
    assertThat(full.toJson().has("change")).isFalse();
    assertThat(full.toJson().at("/change_in_these_models/prompts").asInt()).isEqualTo(PROMPTS);
    assertThat(AxisEffect.heading(cells)).contains("in these models", "3 seeds or more");
    assertThat(AxisEffect.heading(cells(true))).contains("over seeds and prompts");
  }

  private static AxisEffect worth(List<AxisEffect> effects, String key, String to) {
    return effects.stream()
        .filter(effect -> effect.figure() == Figure.WORTH)
        .filter(effect -> effect.key().equals(key) && effect.to().equals(to))
        .findFirst()
        .orElseThrow();
  }

  /** The worth is 0.3 for fine-tuning, less 0.1 for each further tuning, and what prompts bring. */
  private static List<CellFigures> cells(boolean allThere) {
    List<CellFigures> cells = new ArrayList<>();
    for (RunTree.Cell cell : RunTree.of(RECIPE, Path.of("/runs")).cells()) {
      double value = cell.settings().get("sft.enabled").equals("true") ? 0.3 : 0;
      String tuning = String.valueOf(cell.settings().get("tuning"));
      value -= tuning.equals("lora") ? 0.1 : tuning.equals("full") ? 0.2 : 0;
      List<RunFigures> runs = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        boolean there = allThere || seed < 2 || !tuning.equals("full");
        runs.add(run(there ? value : Double.NaN, 0.02 * (seed - 1)));
      }
      cells.add(new CellFigures(cell, runs.get(0), runs, List.of(), Map.of()));
    }
    return cells;
  }

  private static RunFigures run(double value, double ofSeed) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (int i = 0; i < PROMPTS; i++) {
      // What is hard about a prompt is so in every cell, and cancels; so does the seed.
      numbers.put("prompt " + i, value + ofSeed + 0.5 * Math.sin(i));
    }
    return new RunFigures(
        "done",
        "",
        Double.isNaN(value) ? Map.of() : Map.of(Figure.WORTH, numbers),
        List.of(),
        OptionalDouble.empty(),
        Map.of(),
        Map.of());
  }
}
