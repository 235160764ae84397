package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What an evaluation claims of a difference rests on these. */
class PairedDifferenceTest {

  private static final CountedRandom KEY = CountedRandom.of(11);

  @Test
  void exchangingPromptsGivesTheExactPByDrawing() {
    double[] first = new double[8];
    double[] second = {1, 2, 3, 4, 5, 6, 7, -1};
    // Of the 256 exchanges those with a sum of 27 or more, or of -27 or less: all positive (29), or
    // a single 1 turned (27); the last is one more 1. So 29 once, 27 twice, and the same below.
    double exact = 6.0 / 256;

    TestResult found = PairedTest.signFlip(first, second, 40_000, KEY);

    assertThat(found.statistic()).isCloseTo(27.0 / 8, within(1e-12));
    assertThat(found.p()).isCloseTo(exact, within(0.003));
  }

  @Test
  void fewPromptsGetWiderIntervalsThanPlainPercentiles() {
    // t(29) = 2.045230 and t(1) = 12.706205 from tables: Φ(−2.080190), Φ(−17.969).
    assertThat(Bootstrap.tail(30, 0.95)).isCloseTo(0.018755, within(1e-5));
    assertThat(Bootstrap.tail(2, 0.95)).isLessThan(1e-50);
    assertThat(Bootstrap.tail(100_000, 0.95)).isCloseTo(0.025, within(1e-5));
  }

  @Test
  void aDrawnPIsNeverZeroAndNoDifferenceGivesOne() {
    double[] zero = new double[30];
    double[] large = new double[30];
    Arrays.setAll(large, i -> 5 + i);

    assertThat(PairedTest.signFlip(zero, large, 999, KEY).p()).isEqualTo(1.0 / 1000);
    assertThat(PairedTest.signFlip(zero, zero, 999, KEY).p()).isEqualTo(1);
  }

  @Test
  void aGainThatIsAllLengthIsNoneAtEqualLength() {
    double[] longer = {10, 4, 7, 1, 3, 12, 8, 2};
    double[] gain = new double[8];
    Arrays.setAll(gain, i -> 0.3 * longer[i]);

    Bootstrap left = MatchedDifference.of(gain, longer, 500, 0.95, KEY);

    assertThat(left.meanDifference()).isCloseTo(0, within(1e-9));
    assertThat(left.interval().high()).isCloseTo(0, within(1e-9));
  }

  @Test
  void aGainBesideLengthStaysAndEqualLengthsChangeNothing() {
    double[] longer = {10, 4, 7, 1, 3, 12, 8, 2};
    double[] gain = new double[8];
    Arrays.setAll(gain, i -> 2 + 0.3 * longer[i]);
    double[] same = {5, 5, 5, 5, 5, 5, 5, 5};

    assertThat(MatchedDifference.of(gain, longer, 500, 0.95, KEY).meanDifference())
        .isCloseTo(2, within(1e-9));
    assertThat(MatchedDifference.of(gain, same, 500, 0.95, KEY).meanDifference())
        .isCloseTo(Summary.of(gain).mean(), within(1e-9));
    // A tenth is no binary fraction: ten of them are not quite one.
    double[] all = new double[10];
    Arrays.fill(all, 1);
    assertThat(MatchedDifference.of(all, all, 500, 0.95, KEY).meanDifference())
        .as("every conversation better by 1 and longer by 1: nothing tells the two apart")
        .isEqualTo(1);
  }
}
