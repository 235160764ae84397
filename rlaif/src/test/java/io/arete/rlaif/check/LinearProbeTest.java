package io.arete.rlaif.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A probe that finds what is not there, or misses what is, would stop good runs or let bad ones.
 */
class LinearProbeTest {

  private static final int WIDTH = 40;

  @Test
  void whatIsLinearInTheFeaturesIsFoundAndNoiseIsNot() {
    double[][] fitted = features(200, 1);
    double[][] held = features(200, 2);
    LinearProbe probe = new LinearProbe(fitted, held);
    assertThat(probe.right(signs(fitted, 3), signs(held, 3))).isGreaterThan(170);
    Random coin = new Random(4);
    double[] noise = coin.doubles(200).map(x -> x < 0.5 ? -1 : 1).toArray();
    assertThat(probe.right(noise, signs(held, 3))).isBetween(70, 130);
  }

  @Test
  void turningAPairRoundChangesNothing() {
    double[][] fitted = features(60, 1);
    double[][] held = features(60, 2);
    double[] labels = signs(fitted, 3);
    int before = new LinearProbe(fitted, held).right(labels, signs(held, 3));
    for (int i = 0; i < fitted.length; i += 2) {
      fitted[i] = Arrays.stream(fitted[i]).map(x -> -x).toArray();
      labels[i] = -labels[i];
    }
    assertThat(new LinearProbe(fitted, held).right(labels, signs(held, 3))).isEqualTo(before);
  }

  @Test
  void aColumnThatIsAlwaysZeroOrFarLargerThanOthersDoesNoHarm() {
    double[][] fitted = features(200, 1);
    double[][] held = features(200, 2);
    double[] truth = signs(held, 3);
    double[] labels = signs(fitted, 3);
    for (double[][] rows : List.of(fitted, held)) {
      for (double[] row : rows) {
        row[0] = 0;
        row[1] *= 1e6;
      }
    }
    assertThat(new LinearProbe(fitted, held).right(labels, truth)).isGreaterThan(150);
  }

  @Test
  void rewardsThatOnlyPromptsDifferInHaveNoSpreadWithin() {
    assertThat(RewardParts.withinShare(List.of(new double[] {1, 1}, new double[] {3, 3}))).isZero();
    assertThat(RewardParts.withinShare(List.of(new double[] {1, 3}, new double[] {1, 3})))
        .isCloseTo(Math.sqrt(2 / (4.0 / 3)), within(1e-12));
    assertThat(RewardParts.withinShare(List.of(new double[] {1, 1}, new double[] {1, 1}))).isZero();
  }

  @Test
  void sharesOfPartsAddUpToOne() {
    Random random = new Random(5);
    double[] first = random.doubles(100).toArray();
    double[] second = random.doubles(100).toArray();
    double[] whole = new double[100];
    Arrays.setAll(whole, i -> first[i] + 2 * second[i]);
    double[] twice = Arrays.stream(second).map(x -> 2 * x).toArray();
    assertThat(RewardParts.share(first, whole) + RewardParts.share(twice, whole))
        .isCloseTo(1, within(1e-12));
    assertThat(RewardParts.share(whole, whole)).isCloseTo(1, within(1e-12));
    assertThat(RewardParts.share(first, new double[100])).isZero();
  }

  private static double[][] features(int rows, long seed) {
    Random random = new Random(seed);
    double[][] features = new double[rows][WIDTH];
    for (double[] row : features) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    return features;
  }

  /** The side of a plane through 0 that each row lies on. */
  private static double[] signs(double[][] rows, long seed) {
    double[] plane = features(1, seed)[0];
    double[] signs = new double[rows.length];
    for (int i = 0; i < signs.length; i++) {
      double sum = 0;
      for (int k = 0; k < WIDTH; k++) {
        sum += plane[k] * rows[i][k];
      }
      signs[i] = sum > 0 ? 1 : -1;
    }
    return signs;
  }
}
