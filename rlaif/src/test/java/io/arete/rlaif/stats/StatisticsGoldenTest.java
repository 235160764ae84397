package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Every statistic against scipy's values. */
class StatisticsGoldenTest {

  private static final JsonNode GOLDEN = GoldenFiles.json("statistics/golden.json");
  private static final double[] BASE = doubles(GOLDEN.at("/paired/base"));
  private static final double[] TUNED = doubles(GOLDEN.at("/paired/tuned"));

  @Test
  void wilsonIntervals() {
    assertThat(GOLDEN.get("wilson_95")).hasSize(5);
    for (JsonNode row : GOLDEN.get("wilson_95")) {
      Interval interval = Wilson.interval95(row.get("successes").asInt(), row.get("n").asInt());
      assertThat(interval.low()).isCloseTo(row.get("low").asDouble(), within(1e-9));
      assertThat(interval.high()).isCloseTo(row.get("high").asDouble(), within(1e-9));
    }
  }

  @Test
  void pairedTests() {
    TestResult t = PairedTest.studentT(BASE, TUNED);
    assertThat(t.statistic()).isCloseTo(GOLDEN.at("/paired/t").asDouble(), within(1e-9));
    assertThat(t.p()).isCloseTo(GOLDEN.at("/paired/t_p").asDouble(), within(1e-9));
    assertThat(PairedTest.wilcoxon(BASE, TUNED).p())
        .isCloseTo(GOLDEN.at("/paired/wilcoxon_p").asDouble(), within(1e-9));
  }

  @Test
  void bootstrapWithinMonteCarloError() {
    Bootstrap bootstrap =
        Bootstrap.ofPairs(BASE, TUNED, 20_000, 0.95, CountedRandom.of(1).at("bootstrap"));
    JsonNode ends = GOLDEN.at("/paired/bootstrap_percentile_95");
    assertThat(bootstrap.meanDifference())
        .isCloseTo(GOLDEN.at("/paired/mean_difference").asDouble(), within(1e-9));
    assertThat(bootstrap.interval().low()).isCloseTo(ends.get(0).asDouble(), within(0.01));
    assertThat(bootstrap.interval().high()).isCloseTo(ends.get(1).asDouble(), within(0.01));
  }

  @Test
  void exactTests() {
    assertThat(GOLDEN.get("binomial_two_sided")).hasSize(3);
    for (JsonNode row : GOLDEN.get("binomial_two_sided")) {
      assertThat(ExactTest.binomial(row.get("k").asInt(), row.get("n").asInt(), 0.5))
          .isCloseTo(row.get("p").asDouble(), Percentage.withPercentage(1e-7));
    }
    JsonNode mcnemar = GOLDEN.get("mcnemar_exact");
    assertThat(ExactTest.mcnemar(mcnemar.get("b").asInt(), mcnemar.get("c").asInt()))
        .isCloseTo(mcnemar.get("p").asDouble(), within(1e-9));
  }

  @Test
  void holmAdjustment() {
    assertThat(Holm.adjust(doubles(GOLDEN.at("/holm/p"))))
        .containsExactly(doubles(GOLDEN.at("/holm/adjusted")), within(1e-9));
  }

  @Test
  void rankCorrelation() {
    double[] x = doubles(GOLDEN.at("/spearman/x"));
    double[] y = doubles(GOLDEN.at("/spearman/y"));
    assertThat(Spearman.rho(x, y)).isCloseTo(GOLDEN.at("/spearman/rho").asDouble(), within(1e-9));
  }

  @Test
  void quartiles() {
    Quartiles quartiles = Quartiles.of(doubles(GOLDEN.at("/quartiles_linear/x")));
    double[] expected = doubles(GOLDEN.at("/quartiles_linear/q"));
    assertThat(
            new double[] {
              quartiles.min(),
              quartiles.first(),
              quartiles.median(),
              quartiles.third(),
              quartiles.max()
            })
        .containsExactly(expected, within(1e-9));
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
