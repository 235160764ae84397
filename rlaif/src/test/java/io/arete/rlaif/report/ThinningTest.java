package io.arete.rlaif.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {

  @Test
  void aSpikeThatLastsOneStepOfTenThousandIsStillThere() {
    double[] values = IntStream.range(0, 10_000).mapToDouble(i -> Math.sin(i / 100.0)).toArray();
    values[4321] = 9;
    values[8765] = -9;

    int[] kept = Thinning.kept(values, 600);

    assertThat(kept).hasSizeLessThanOrEqualTo(602).contains(0, 4321, 8765, 9999).isSorted();
    assertThat(Arrays.stream(kept).distinct().count()).isEqualTo(kept.length);
  }

  @Test
  void aShortCurveStaysWholeButForWhatIsNoNumber() {
    assertThat(Thinning.kept(new double[] {1, Double.NaN, 3}, 600)).containsExactly(0, 2);
    assertThat(Thinning.kept(new double[0], 600)).isEmpty();
  }
}
