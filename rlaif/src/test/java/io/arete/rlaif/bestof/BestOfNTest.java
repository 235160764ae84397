package io.arete.rlaif.bestof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A wrong group or tie here would show a gain of choosing that is none, or hide one. */
class BestOfNTest {

  private static final double[] LIKING = {3, 1, 2, 5, 5, 0, 4, 4};
  private static final double[] VALUE = {10, 20, 30, 40, 50, 60, 70, 80};

  @Test
  void oneOfOneIsThePlainMean() {
    assertThat(BestOfN.mean(LIKING, VALUE, 1)).isEqualTo(45);
  }

  @Test
  void groupsLieInTheirOrderAndTheFirstOfEqualsIsChosen() {
    assertThat(BestOfN.mean(LIKING, VALUE, 2)).isEqualTo((10 + 40 + 50 + 70) / 4.0);
    assertThat(BestOfN.mean(LIKING, VALUE, 4)).isEqualTo((40 + 50) / 2.0);
    assertThat(BestOfN.mean(LIKING, VALUE, 8)).isEqualTo(40);
  }

  @Test
  void aChooserThatLikesWhatIsWorthMoreNeverLosesByMoreChoice() {
    Random random = new Random(1);
    for (int trial = 0; trial < 100; trial++) {
      double[] value = random.doubles(64).toArray();
      double before = BestOfN.mean(value, value, 1);
      for (int n : new int[] {4, 16, 64}) {
        double chosen = BestOfN.mean(value, value, n);
        assertThat(chosen).isGreaterThanOrEqualTo(before);
        before = chosen;
      }
      assertThat(before).isEqualTo(Arrays.stream(value).max().orElseThrow());
    }
  }

  @Test
  void whatCannotBePartedIsRefused() {
    assertThatThrownBy(() -> BestOfN.mean(LIKING, VALUE, 3)).hasMessageContaining("3");
    assertThatThrownBy(() -> new BestOfPlan(10, 8)).hasMessageContaining("power of 4");
    assertThatThrownBy(() -> new BestOfPlan(1, 16)).hasMessageContaining("at least 2");
  }

  @Test
  void theDivergenceIsThatOfTheFormula() {
    assertThat(BestOfN.divergence(1)).isZero();
    assertThat(BestOfN.divergence(16)).isCloseTo(1.8351, within(1e-4));
  }
}
