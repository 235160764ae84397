package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  private static final CountedRandom KEY = CountedRandom.of(3).at("statistics");

  @Test
  void summaryTellsTheTwoStandardDeviationsApart() {
    Summary summary = Summary.of(1, 2, 6);
    assertThat(summary.mean()).isEqualTo(3);
    assertThat(summary.populationSd()).isCloseTo(Math.sqrt(14 / 3.0), within(1e-12));
    assertThat(summary.sampleSd()).isCloseTo(Math.sqrt(14 / 2.0), within(1e-12));
    assertThat(Summary.of(4)).isEqualTo(new Summary(1, 4, 0, 0));
  }

  @Test
  void aLargeOffsetDoesNotEatTheSpread() {
    assertThat(Summary.of(1e9 + 1, 1e9 + 2, 1e9 + 3).sampleSd()).isCloseTo(1, within(1e-6));
  }

  @Test
  void equalNumbersGiveDefinedTests() {
    double[] base = {1, 2, 3};
    assertThat(PairedTest.studentT(base, base)).isEqualTo(new TestResult(0, 1));
    assertThat(PairedTest.wilcoxon(base, base)).isEqualTo(new TestResult(0, 1));
    assertThat(PairedTest.studentT(base, new double[] {2, 3, 4}).p()).isZero();
    assertThat(Spearman.rho(base, new double[] {5, 5, 5})).isZero();
    assertThat(ExactTest.mcnemar(0, 0)).isEqualTo(1);
  }

  @Test
  void smallWilcoxonIsExact() {
    // All five differ upwards: 2 of the 2^5 sign patterns are as extreme.
    double p = PairedTest.wilcoxon(new double[5], new double[] {0.1, 0.2, 0.3, 0.4, 0.5}).p();
    assertThat(p).isCloseTo(2.0 / 32, within(1e-12));
  }

  @Test
  void testsHaveASignThatFollowsTheSecond() {
    double[] low = {1, 2, 3, 4};
    double[] high = {2, 2.5, 4.5, 4.1};
    assertThat(PairedTest.studentT(low, high).statistic()).isPositive();
    assertThat(Bootstrap.ofPairs(low, high, 200, 0.95, KEY).meanDifference()).isPositive();
  }

  @Test
  void tiedRanksShareTheirMean() {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assertThat(Spearman.rho(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
        .isCloseTo(4.5 / Math.sqrt(22.5), within(1e-12));
  }

  @Test
  void bootstrapIsRepeatableAndItsErrorIsThatOfTheMean() {
    double[] first = IntStream.range(0, 400).mapToDouble(KEY::gaussian).toArray();
    double[] second = IntStream.range(400, 800).mapToDouble(KEY::gaussian).toArray();
    Bootstrap once = Bootstrap.ofPairs(first, second, 2000, 0.95, KEY.at("a"));
    assertThat(Bootstrap.ofPairs(first, second, 2000, 0.95, KEY.at("a"))).isEqualTo(once);
    assertThat(Bootstrap.ofPairs(first, second, 2000, 0.95, KEY.at("b"))).isNotEqualTo(once);
    double[] differences = IntStream.range(0, 400).mapToDouble(i -> second[i] - first[i]).toArray();
    double standardError = Summary.of(differences).populationSd() / Math.sqrt(400);
    assertThat(once.standardError()).isCloseTo(standardError, within(0.05 * standardError));
    assertThat(once.smallestDetectableDifference()).isEqualTo(2.8 * once.standardError());
    assertThat(once.interval().width()).isCloseTo(3.92 * standardError, within(0.02));
    assertThat(once.n()).isEqualTo(400);
  }

  @Test
  void inputsAreLeftAsTheyWere() {
    double[] values = {3, 1, 2};
    Quartiles.of(values);
    Spearman.rho(values, new double[] {1, 2, 3});
    Holm.adjust(0.3, 0.1);
    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void holmNeverPassesOne() {
    assertThat(Arrays.stream(Holm.adjust(0.6, 0.9, 0.8)).max()).hasValue(1);
    assertThat(Holm.adjust()).isEmpty();
  }

  @Test
  void intervalsKnowWhatTheyHold() {
    Interval interval = new Interval(-1, 2);
    assertThat(interval.contains(-1)).isTrue();
    assertThat(interval.contains(2.1)).isFalse();
    assertThatThrownBy(() -> new Interval(2, 1)).hasMessage("interval from 2.0 to 1.0 is not one");
  }

  @Test
  void impossibleArgumentsAreNamed() {
    assertThatThrownBy(() -> Wilson.interval95(3, 2))
        .hasMessage("successes is 3 of 2 but must be 0 to n of a positive n");
    assertThatThrownBy(() -> Wilson.interval(1, 2, 1))
        .hasMessage("confidence is 1.0 but must lie between 0 and 1");
    assertThatThrownBy(() -> Summary.of()).hasMessage("values has 0 numbers but needs at least 1");
    assertThatThrownBy(() -> Summary.of(1, Double.NaN))
        .hasMessage("values[1] is NaN but must be finite");
    assertThatThrownBy(() -> Spearman.rho(new double[2], new double[3]))
        .hasMessage("first has 2 numbers but second has 3");
    assertThatThrownBy(() -> ExactTest.mcnemar(-1, 3))
        .hasMessage("counts are -1 and 3 but must not be negative");
    assertThatThrownBy(() -> Holm.adjust(1.5)).hasMessage("p is 1.5 but must lie in [0, 1]");
    assertThatThrownBy(() -> Bootstrap.ofPairs(new double[2], new double[2], 9, 0.9, KEY))
        .hasMessage("resamples is 9 but must be at least 100");
  }
}
