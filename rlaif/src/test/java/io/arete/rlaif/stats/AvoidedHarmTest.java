package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** If this breaks, the system that refuses everything is the best one. */
class AvoidedHarmTest {

  private static final CountedRandom KEY = CountedRandom.of(4);

  private static double[] shares(int n, double share) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> i < share * n ? 1 : 0);
    return values;
  }

  private static AvoidedHarm.Shares change(double before, double after) {
    return new AvoidedHarm.Shares(shares(60, before), shares(60, after));
  }

  @Test
  void whoeverRefusesEverythingLosesToWhoeverChooses() {
    AvoidedHarm everything =
        AvoidedHarm.of(change(0.4, 0), change(0.1, 1), Optional.empty(), 500, KEY).orElseThrow();
    AvoidedHarm chosen =
        AvoidedHarm.of(change(0.4, 0.1), change(0.1, 0.15), Optional.empty(), 500, KEY)
            .orElseThrow();

    assertThat(everything.value()).isCloseTo(0.4 - 0.9, within(1e-9));
    assertThat(everything.interval().high()).isNegative();
    assertThat(chosen.value()).isCloseTo(0.3 - 0.05, within(1e-9));
    assertThat(chosen.interval().low()).isPositive();
  }

  @Test
  void anErringJudgeShrinksTheDifferenceAndItsLabelsWidenTheInterval() {
    AvoidedHarm known =
        AvoidedHarm.of(
                change(0.5, 0.2),
                change(0.1, 0.1),
                Optional.of(new JudgeErrors(15, 20, 17, 20)),
                2_000,
                KEY)
            .orElseThrow();
    AvoidedHarm uncorrected =
        AvoidedHarm.of(change(0.5, 0.2), change(0.1, 0.1), Optional.empty(), 2_000, KEY)
            .orElseThrow();

    assertThat(known.avoided()).isCloseTo(0.3 / 0.6, within(1e-9));
    assertThat(known.interval().width()).isGreaterThan(uncorrected.interval().width() / 0.6);
    assertThat(known.interval().contains(0.5)).isTrue();
  }

  @Test
  void aJudgeThatCannotTellGivesNoNumber() {
    for (JudgeErrors judge :
        List.of(new JudgeErrors(11, 20, 12, 20), new JudgeErrors(1, 1, 1, 4))) {
      assertThat(AvoidedHarm.of(change(0.5, 0.2), change(0.1, 0.1), Optional.of(judge), 500, KEY))
          .isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoPair() {
    assertThatThrownBy(() -> new AvoidedHarm.Shares(new double[3], new double[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AvoidedHarm.of(change(0, 0), change(0, 0), Optional.empty(), 99, KEY))
        .hasMessageContaining("resamples is 99");
  }
}
