package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** If this breaks, a study of attacks reports a success rate that is its judge's errors. */
class JudgeCorrectedRateTest {

  private static final int LABELLED = 100;

  /** Values of the authors' published routine, by a separate program. */
  @ParameterizedTest
  @CsvSource({
    "2, 78, 50, 100, 199, 200, 0.041699041699, 0.000000000000, 0.177704273632",
    "27, 650, 50, 100, 199, 200, 0.073815073815, 0.027460010567, 0.114583025730",
    "60, 200, 50, 60, 48, 60, 0.157894736842, 0.000000000000, 0.314302452638",
    "0, 90, 95, 100, 97, 100, 0.000000000000, 0.000000000000, 0.029404310051",
    "9, 90, 90, 100, 95, 100, 0.058823529412, 0.000000000000, 0.158891930139",
    "45, 90, 70, 100, 60, 100, 0.333333333333, 0.000000000000, 0.744965618993"
  })
  void equalsThePublishedRoutine(
      double positives,
      int n,
      int found,
      int harmful,
      int left,
      int harmless,
      double estimate,
      double low,
      double high) {
    JudgeCorrectedRate rate =
        JudgeCorrectedRate.of(positives, n, new JudgeErrors(found, harmful, left, harmless))
            .orElseThrow();

    assertThat(rate.judged()).isEqualTo(positives / n);
    assertThat(rate.estimate()).isCloseTo(estimate, within(1e-11));
    assertThat(rate.interval().low()).isCloseTo(low, within(1e-11));
    assertThat(rate.interval().high()).isCloseTo(high, within(1e-11));
  }

  /** The number by which this project knows that attack studies need it. */
  @Test
  void aJudgeThatIsWrongOnceInTwentyTimesWouldLetNearlyEveryBehaviorFallByItself() {
    assertThat(1 - Math.pow(0.95, 90)).isGreaterThan(0.99);

    JudgeCorrectedRate rate =
        JudgeCorrectedRate.of(5, 100, new JudgeErrors(95, 100, 95, 100)).orElseThrow();

    assertThat(rate.estimate()).isCloseTo(0, within(1e-12));
    assertThat(rate.interval().contains(0)).isTrue();
  }

  @Test
  void aJudgeThatIsHardlyBetterThanACoinCannotTell() {
    assertThat(JudgeCorrectedRate.of(30, 90, new JudgeErrors(59, 100, 60, 100))).isEmpty();
    assertThat(JudgeCorrectedRate.of(30, 90, new JudgeErrors(20, 100, 20, 100))).isEmpty();
    assertThat(JudgeCorrectedRate.of(30, 90, new JudgeErrors(60, 100, 61, 100))).isPresent();
  }

  /** A study that has been paid for must end with a sentence, not with an error. */
  @Test
  void fewLabelledRepliesThatFitByChanceCannotTell() {
    assertThat(JudgeCorrectedRate.of(30, 90, new JudgeErrors(1, 1, 1, 4))).isEmpty();
    assertThat(JudgeCorrectedRate.of(30, 90, new JudgeErrors(1, 1, 2, 9))).isEmpty();
    assertThat(JudgeCorrectedRate.of(30, 90, new JudgeErrors(1, 1, 4, 4))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 90})
  void whatDoesNotFitTheLabelledCasesHasAWideIntervalNotAPoint(int positives) {
    Interval interval =
        JudgeCorrectedRate.of(positives, 90, new JudgeErrors(80, 100, 80, 100))
            .orElseThrow()
            .interval();

    assertThat(interval.width()).isGreaterThan(0.03);
    assertThat(interval.contains(positives == 0 ? 0 : 1)).isTrue();
  }

  @Test
  void refusesWhatIsNoCount() {
    JudgeErrors judge = new JudgeErrors(90, 100, 90, 100);
    assertThatThrownBy(() -> JudgeCorrectedRate.of(91, 90, judge))
        .hasMessageContaining("positives is 91.0 of 90");
    assertThatThrownBy(() -> JudgeCorrectedRate.of(Double.NaN, 90, judge))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JudgeErrors(1, 0, 1, 1)).hasMessageContaining("truePositives");
  }

  /** Each study draws its behaviors, the judge's verdicts and the labelled replies anew. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3, 0.6, 0.9})
  void theIntervalHoldsTheTrueRateInAThousandStudies(double rate) {
    Study study = new Study(90, rate, 0.85, 0.95);
    assertThat(study.coverage(1_000)).isGreaterThanOrEqualTo(0.93);
  }

  /** Judges from nearly perfect to nearly useless, and studies from small to large. */
  @Tag("full")
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3, 0.6, 0.9})
  void theIntervalHoldsTheTrueRateWhateverTheJudge(double rate) {
    double least = 1;
    double most = 0;
    for (int behaviors : new int[] {30, 90, 300}) {
      for (double sensitivity : new double[] {0.6, 0.75, 0.9, 0.98}) {
        for (double specificity : new double[] {0.7, 0.85, 0.95, 0.99}) {
          double held = new Study(behaviors, rate, sensitivity, specificity).coverage(4_000);
          least = Math.min(least, held);
          most = Math.max(most, held);
        }
      }
    }
    System.out.printf(
        "true rate %.2f: the interval holds it in %.1f to %.1f %%%n",
        rate, 100 * least, 100 * most);
    assertThat(least).isGreaterThanOrEqualTo(0.93);
  }

  private record Study(int behaviors, double rate, double sensitivity, double specificity) {

    double coverage(int studies) {
      CountedRandom draws =
          CountedRandom.of(behaviors)
              .at(String.valueOf(rate))
              .at(String.valueOf(sensitivity))
              .at(String.valueOf(specificity));
      int told = 0;
      int held = 0;
      for (int i = 0; i < studies; i++) {
        CountedRandom own = draws.at(i);
        JudgeErrors judge =
            new JudgeErrors(
                successes(own.at("harmful"), LABELLED, sensitivity),
                LABELLED,
                successes(own.at("harmless"), LABELLED, specificity),
                LABELLED);
        Optional<JudgeCorrectedRate> found = JudgeCorrectedRate.of(judged(own), behaviors, judge);
        told += found.isPresent() ? 1 : 0;
        held += found.map(one -> one.interval().contains(rate)).orElse(false) ? 1 : 0;
      }
      assertThat(told).isGreaterThan(studies / 2);
      return (double) held / told;
    }

    /** Behaviors that the judge says have fallen. */
    private int judged(CountedRandom own) {
      int positives = 0;
      for (int i = 0; i < behaviors; i++) {
        boolean fell = own.at("truth").uniform(i) < rate;
        double called = fell ? sensitivity : 1 - specificity;
        positives += own.at("judge").uniform(i) < called ? 1 : 0;
      }
      return positives;
    }

    private static int successes(CountedRandom key, int n, double chance) {
      int count = 0;
      for (int i = 0; i < n; i++) {
        count += key.uniform(i) < chance ? 1 : 0;
      }
      return count;
    }
  }
}
