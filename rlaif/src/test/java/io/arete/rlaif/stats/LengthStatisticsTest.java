package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Numbers by numpy 2: percentile, corrcoef, tanh and arctanh. */
class LengthStatisticsTest {

  private static final CountedRandom KEY = CountedRandom.of(4).at("lengths");

  @Test
  void aBoxPlotsWhiskersEndAtTheLastValuesWithinReach() {
    BoxPlot box = BoxPlot.of(3, 4, 4, 5, 6, 7, 8, 9, 12, 30, 1, 100);
    assertThat(box).isEqualTo(new BoxPlot(12, new Quartiles(1, 4, 6.5, 9.75, 100), 1, 12, 2));
    assertThat(BoxPlot.of(5, 5, 5).outliers()).isZero();
    assertThat(BoxPlot.of(5)).isEqualTo(new BoxPlot(1, new Quartiles(5, 5, 5, 5, 5), 5, 5, 0));
  }

  @Test
  void everyValueIsWithinTheWhiskersOrAnOutlier() {
    for (int i = 0; i < 50; i++) {
      CountedRandom key = KEY.at(i);
      double[] values =
          IntStream.range(0, 1 + i).mapToDouble(j -> Math.exp(key.gaussian(j))).toArray();
      BoxPlot box = BoxPlot.of(values);
      long beyond =
          Arrays.stream(values).filter(x -> x < box.lowWhisker() || x > box.highWhisker()).count();
      assertThat(beyond).isEqualTo(box.outliers());
      assertThat(values).contains(box.lowWhisker(), box.highWhisker());
    }
  }

  @Test
  void correlationsAreNumpysAndDoNotDependOnScale() {
    double[] one = {1, 2, 3.5, 4, 7, -1};
    double[] other = {2, 1, 4, 3, 9, 0.5};
    assertThat(Pearson.r(one, other)).isCloseTo(0.9129346436104883, within(1e-12));
    double[] scaled = Arrays.stream(other).map(x -> 5 - 3 * x).toArray();
    assertThat(Pearson.r(one, scaled)).isCloseTo(-0.9129346436104883, within(1e-12));
    assertThat(Pearson.r(one, new double[6])).isZero();
    assertThatThrownBy(() -> Pearson.r(new double[1], new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void softCalibrationIsTheOrdinaryOneWhereLabelsAreHard() {
    double[] said = IntStream.range(0, 200).mapToDouble(KEY.at("said")::uniform).toArray();
    boolean[] happened = new boolean[200];
    double[] hard = new double[200];
    for (int i = 0; i < 200; i++) {
      happened[i] = KEY.at("happened").uniform(i) < 0.4;
      hard[i] = happened[i] ? 1 : 0;
    }
    assertThat(SoftCalibration.expectedError(said, hard, 10))
        .isCloseTo(Reliability.of(said, happened, 10).expectedError(), within(1e-12));
    assertThat(SoftCalibration.expectedError(said, said, 10)).isZero();
    assertThatThrownBy(() -> SoftCalibration.expectedError(said, new double[199], 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRankCorrelationsIntervalIsBonettAndWrights() {
    Interval interval = Spearman.interval95(0.3, 185);
    assertThat(interval.low()).isCloseTo(0.15962759267013607, within(1e-9));
    assertThat(interval.high()).isCloseTo(0.4284810687073792, within(1e-9));
    assertThat(Spearman.interval95(0, 10).contains(0)).isTrue();
    assertThat(Spearman.interval95(1, 10)).isEqualTo(new Interval(1, 1));
    assertThatThrownBy(() -> Spearman.interval95(0.5, 3)).hasMessageContaining("of 4 or more");
  }
}
