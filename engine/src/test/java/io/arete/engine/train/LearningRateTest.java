package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A rate that jumps, or falls too early, spoils a training without a word. */
class LearningRateTest {

  @Test
  void constantThenLinearRisesStaysAndFallsToItsLastShare() {
    LearningRate rate = new LearningRate.ConstantThenLinear(2e-3, 3, 50, 100, 0.03);
    assertThat(rate.at(0)).isCloseTo(0.5e-3, within(1e-12));
    assertThat(rate.at(2)).isCloseTo(1.5e-3, within(1e-12));
    assertThat(rate.at(3)).isEqualTo(2e-3);
    assertThat(rate.at(50)).isEqualTo(2e-3);
    assertThat(rate.at(75)).isCloseTo(2e-3 * 0.515, within(1e-12));
    assertThat(rate.at(100)).isCloseTo(2e-3 * 0.03, within(1e-12));
    assertThat(rate.at(1000)).isCloseTo(2e-3 * 0.03, within(1e-12));
  }

  @Test
  void aFallThatBeginsWithinTheWarmUpNeverExceedsEither() {
    LearningRate rate = new LearningRate.ConstantThenLinear(1, 10, 0, 20, 0);
    for (int step = 0; step <= 20; step++) {
      assertThat(rate.at(step))
          .isLessThanOrEqualTo(1 - step / 20.0 + 1e-12)
          .isLessThanOrEqualTo((step + 1) / 11.0 + 1e-12);
    }
  }
}
