package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A model against itself: of 10,000 evaluations of the same model on both sides, the 95 % interval
 * must hold the true difference, 0, in about 9,500. Scores are those of a stored evaluation, two
 * conversations of each prompt.
 */
@Tag("full")
class CoverageTest {

  private static final int EVALUATIONS = 10_000;

  /** Fewer than a run takes, or this would take hours; more make the ends no less true. */
  private static final int RESAMPLES = 1_000;

  @ParameterizedTest
  @CsvSource({"30, 0.94, 0.96", "100, 0.94, 0.96", "300, 0.94, 0.96"})
  void theIntervalHoldsTheTruthAsOftenAsItSays(int prompts, double low, double high)
      throws IOException {
    double[][] stored = stored();
    CountedRandom draws = CountedRandom.of(17).at(prompts);
    int held = 0;
    for (int evaluation = 0; evaluation < EVALUATIONS; evaluation++) {
      CountedRandom own = draws.at(evaluation);
      double[] first = new double[prompts];
      double[] second = new double[prompts];
      for (int i = 0; i < prompts; i++) {
        double[] scores = stored[own.at("prompt").below(stored.length, i)];
        int side = own.at("side").below(2, i);
        first[i] = scores[side];
        second[i] = scores[1 - side];
      }
      Interval interval =
          Bootstrap.ofPairs(
                  first, second, RESAMPLES, EvaluationPlan.CONFIDENCE, own.at("bootstrap"))
              .interval();
      held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
    }
    double coverage = (double) held / EVALUATIONS;
    System.out.printf("n = %d: the interval holds 0 in %.2f %%%n", prompts, 100 * coverage);
    assertThat(coverage).isBetween(low, high);
  }

  private static double[][] stored() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(CoverageTest.class.getResourceAsStream("base-scores.txt"))) {
      List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      double[][] scores = new double[lines.size()][];
      for (int i = 0; i < scores.length; i++) {
        String[] two = lines.get(i).split(" ");
        scores[i] = new double[] {Double.parseDouble(two[0]), Double.parseDouble(two[1])};
      }
      return scores;
    }
  }
}
