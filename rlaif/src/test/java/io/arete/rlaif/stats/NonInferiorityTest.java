package io.arete.rlaif.stats;

import static io.arete.rlaif.stats.NonInferiority.Answer.CANNOT_TELL;
import static io.arete.rlaif.stats.NonInferiority.Answer.NOT_WORSE;
import static io.arete.rlaif.stats.NonInferiority.Answer.WORSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.CountedRandom;
import org.junit.jupiter.api.Test;

/** A tuned model must not be called as able as its base because too little was asked. */
class NonInferiorityTest {

  @Test
  void theWholeIntervalMustLieAboveTheMargin() {
    assertThat(test(-0.005, -0.019, 0.009, 0.007, 1500).answer()).isEqualTo(NOT_WORSE);
    assertThat(test(-0.005, -0.02, 0.01, 0.007, 1500).answer()).isEqualTo(CANNOT_TELL);
    assertThat(test(-0.05, -0.07, -0.03, 0.01, 1500).answer()).isEqualTo(WORSE);
    assertThat(test(-0.03, -0.05, -0.01, 0.01, 1500).answer()).isEqualTo(CANNOT_TELL);
  }

  @Test
  void withFewItemsNobodyCanTellHoweverNarrowTheIntervalIs() {
    NonInferiority same = test(0, 0, 0, 0, 999);
    assertThat(same.answer()).isEqualTo(CANNOT_TELL);
    assertThat(same.itemsThatWouldTell()).hasValue(1000);
    assertThat(test(0, 0, 0, 0, 1000).answer()).isEqualTo(NOT_WORSE);
  }

  @Test
  void whoCannotTellSaysHowManyItemsWould() {
    // 400 (2.8 * 0.0125 / 0.02)^2.
    assertThat(test(-0.01, -0.035, 0.015, 0.0125, 400).itemsThatWouldTell()).hasValue(1225);
    // As many were asked as would do if nothing was lost: now what was found counts, 2000 (2.8 *
    // 0.007 / 0.01)^2.
    assertThat(test(-0.01, -0.024, 0.004, 0.007, 2000).itemsThatWouldTell()).hasValue(7684);
    assertThat(test(-0.02, -0.034, -0.006, 0.007, 2000).itemsThatWouldTell()).isEmpty();
  }

  @Test
  void whereTwoPointsAreTrulyLostFewAreCalledNotWorse() {
    CountedRandom draws = CountedRandom.of(11).at("non-inferiority");
    int wrong = 0;
    for (int study = 0; study < 200; study++) {
      CountedRandom own = draws.at(study);
      double[] base = new double[1000];
      double[] tuned = new double[1000];
      for (int i = 0; i < base.length; i++) {
        int draw = own.below(100, i);
        base[i] = draw < 90 ? 1 : 0;
        // Five of a hundred are lost, three others are found.
        tuned[i] = draw >= 5 && draw < 93 ? 1 : 0;
      }
      Bootstrap found = Bootstrap.ofPairs(base, tuned, 200, 0.95, own.at("bootstrap"));
      wrong += new NonInferiority(found, 0.02, 1000).answer() == NOT_WORSE ? 1 : 0;
    }
    // 2.5 % is promised: 5 of 200, and 12 or more in one of 200 such tests.
    assertThat(wrong).isLessThan(12);
  }

  @Test
  void aMarginMustBeOne() {
    assertThatThrownBy(() -> new NonInferiority(test(0, 0, 0, 0, 9).difference(), 0, 2))
        .hasMessageContaining("margin is 0.0");
  }

  private static NonInferiority test(double mean, double low, double high, double se, int n) {
    return new NonInferiority(new Bootstrap(mean, new Interval(low, high), se, n), 0.02, 1000);
  }
}
