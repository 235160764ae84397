package io.arete.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong mask trains on wrongly scaled inputs without any sign of it. */
class DropoutMaskTest {

  private static final int ROWS = 500;
  private static final int COLUMNS = 800;

  /** Eight neighbours share one draw of 64 bits: each place of the eight must be fair by itself. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.5, 0.9})
  void everyPlaceIsDroppedAtTheRateAndTheScaleMakesTheMeanOne(double rate) {
    try (Scope scope = Scope.open()) {
      float[] mask =
          Tensors.dropoutMask(Device.CPU, 7, rate, ROWS, COLUMNS).to(Dtype.FLOAT32).toFloats();
      double rounded = Math.round(rate * 256) / 256.0;
      for (int place = 0; place < 8; place++) {
        int dropped = 0;
        for (int i = place; i < mask.length; i += 8) {
          assertThat(mask[i] == 0 || mask[i] == 1).isTrue();
          dropped += mask[i] == 0 ? 1 : 0;
        }
        int draws = mask.length / 8;
        // Five standard deviations.
        double allowed = 5 * Math.sqrt(rounded * (1 - rounded) / draws);
        assertThat((double) dropped / draws)
            .as("place %d of 8", place)
            .isCloseTo(rounded, within(allowed));
      }
      assertThat(Tensors.dropoutScale(rate)).isCloseTo(1 / (1 - rounded), within(1e-12));
    }
  }

  @Test
  void theSameSeedGivesTheSameMaskAndAnotherGivesAnother() {
    try (Scope scope = Scope.open()) {
      float[] mask = mask(7);
      assertThat(mask(7)).containsExactly(mask);
      assertThat(mask(8)).isNotEqualTo(mask);
    }
  }

  @Test
  void aRateOfNearlyOneKeepsAFiniteScale() {
    assertThat(Tensors.dropoutScale(0.9999)).isEqualTo(256);
  }

  private static float[] mask(long seed) {
    return Tensors.dropoutMask(Device.CPU, seed, 0.3, 3, 37).to(Dtype.FLOAT32).toFloats();
  }
}
