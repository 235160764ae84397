package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HierarchicalBootstrapTest {

  private static final int STUDIES = 400;
  private static final double TRUE_DIFFERENCE = 0.4;

  /**
   * Studies whose truth is known: their intervals must hold it as often as they promise, whatever
   * differs, seeds or prompts. A recipe's gain would otherwise be claimed of three lucky seeds.
   */
  @ParameterizedTest
  @CsvSource({
    "3, 40, 0.5, 1.0, 0.5",
    "3, 40, 0.0, 1.0, 0.5",
    "3, 40, 1.0, 0.0, 0.1",
    "5, 24, 0.3, 0.6, 1.0",
    "8, 40, 0.5, 0.5, 0.5"
  })
  void intervalsHoldTheTruthAsOftenAsTheyPromise(
      int seeds, int prompts, double betweenSeeds, double betweenPrompts, double noise) {
    CountedRandom random = CountedRandom.of(7).at(seeds).at((long) (1000 * betweenSeeds));
    int held = 0;
    int heldWithoutSeeds = 0;
    for (int study = 0; study < STUDIES; study++) {
      double[][] drawn =
          study(random.at(study), seeds, prompts, betweenSeeds, betweenPrompts, noise);
      CountedRandom draws = random.at("bootstrap").at(study);
      held +=
          HierarchicalBootstrap.of(drawn, 120, 0.95, draws).interval().contains(TRUE_DIFFERENCE)
              ? 1
              : 0;
      heldWithoutSeeds +=
          Bootstrap.ofPairs(new double[prompts], drawn[0], 120, 0.95, draws)
                  .interval()
                  .contains(TRUE_DIFFERENCE)
              ? 1
              : 0;
    }
    assertThat(held / (double) STUDIES).isGreaterThan(0.925);
    if (betweenSeeds > 0.4) {
      assertThat(heldWithoutSeeds / (double) STUDIES)
          .as("the interval of one model, taken for the recipe's")
          .isLessThan(0.85);
    }
  }

  @Test
  void whereOnlyPromptsDifferItIsNoWiderThanThePromptsOwnInterval() {
    double[] one = study(CountedRandom.of(3), 1, 60, 0, 1, 0)[0];
    double[][] same = {one, one, one, one};

    HierarchicalBootstrap all = HierarchicalBootstrap.of(same, 2000, 0.95, CountedRandom.of(1));
    Bootstrap alone = Bootstrap.ofPairs(new double[60], one, 2000, 0.95, CountedRandom.of(1));

    assertThat(all.betweenSeeds()).isZero();
    assertThat(all.meanDifference()).isCloseTo(alone.meanDifference(), within(1e-12));
    assertThat(all.interval().width() / alone.interval().width()).isBetween(0.9, 1.1);
    assertThat(all.degreesOfFreedom()).isBetween(58.9, 59.1);
    assertThat(all.smallestDetectableDifference())
        .isCloseTo(alone.smallestDetectableDifference(), within(0.1 * all.standardError()));
  }

  @Test
  void whereOnlySeedsDifferItIsStudentsIntervalOfTheirMeans() {
    double[][] flat = new double[3][20];
    double[] means = {0.1, 0.4, 0.7};
    for (int i = 0; i < 3; i++) {
      java.util.Arrays.fill(flat[i], means[i]);
    }
    HierarchicalBootstrap all = HierarchicalBootstrap.of(flat, 20_000, 0.95, CountedRandom.of(1));

    // R: t.test(c(0.1, 0.4, 0.7)) gives -0.3452413 to 1.1452413.
    assertThat(all.interval().low()).isCloseTo(-0.3452413, within(0.02));
    assertThat(all.interval().high()).isCloseTo(1.1452413, within(0.02));
    assertThat(all.degreesOfFreedom()).isCloseTo(2, within(0.05));
    assertThat(all.betweenSeeds()).isCloseTo(0.3, within(1e-12));
    // R: qt(0.975, 2) + qt(0.8, 2) = 4.302653 + 1.060660.
    assertThat(all.smallestDetectableDifference() / all.standardError())
        .isCloseTo(5.363313, within(0.1));
  }

  @Test
  void twoSeedsAndUnequalPromptsAreRefused() {
    CountedRandom random = CountedRandom.of(1);
    assertThatThrownBy(() -> HierarchicalBootstrap.of(new double[2][5], 100, 0.95, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 seeds");
    double[][] uneven = {{1, 2}, {1, 2}, {1, 2, 3}};
    assertThatThrownBy(() -> HierarchicalBootstrap.of(uneven, 100, 0.95, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 numbers");
  }

  private static double[][] study(
      CountedRandom random,
      int seeds,
      int prompts,
      double betweenSeeds,
      double betweenPrompts,
      double noise) {
    double[][] differences = new double[seeds][prompts];
    for (int i = 0; i < seeds; i++) {
      double ofSeed = betweenSeeds * random.at("seed").gaussian(i);
      for (int j = 0; j < prompts; j++) {
        differences[i][j] =
            TRUE_DIFFERENCE
                + ofSeed
                + betweenPrompts * random.at("prompt").gaussian(j)
                + noise * random.at("noise").at(i).gaussian(j);
      }
    }
    return differences;
  }
}
