package io.arete.rlaif.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers by which a labeler is trusted, on cases that can be reckoned by hand. */
class TrustFormulasTest {

  private static final CountedRandom KEY = CountedRandom.of(5).at("trust");

  @Test
  void whatWasSaidIsHeldAgainstWhatWasFoundBinByBin() {
    double[] p = {0.05, 0.15, 0.85, 0.95, 1.0};
    boolean[] happened = {false, true, true, true, false};

    Reliability two = Reliability.of(p, happened, 2);

    assertThat(two.bins()).extracting(Reliability.Bin::n).containsExactly(2, 3);
    Reliability.Bin high = two.bins().get(1);
    assertThat(high.said()).isCloseTo(2.8 / 3, within(1e-12));
    assertThat(high.found()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(high.interval()).isEqualTo(Wilson.interval95(2, 3));
    // (|0.2 - 1| + |2.8 - 2|) / 5, by hand
    assertThat(two.expectedError()).isCloseTo(0.32, within(1e-12));
    assertThat(Reliability.of(p, happened, 10).bins())
        .extracting(Reliability.Bin::low)
        .containsExactly(0.0, 0.1, 0.8, 0.9);
    assertThatThrownBy(() -> Reliability.of(new double[] {1.1}, new boolean[1], 10))
        .hasMessageContaining("p[0] is 1.1");
  }

  @Test
  void aRisingFitPoolsWhatIsInTheWrongOrder() {
    // scikit-learn 1.9.1 IsotonicRegression gives 0, 1/2, 1/2, 2/3, 2/3, 2/3 for these.
    Isotonic fit =
        Isotonic.of(
            new double[] {1, 2, 3, 4, 5, 6}, new boolean[] {false, true, false, true, true, false});

    assertThat(fit.steps()).extracting(Isotonic.Step::from).containsExactly(1.0, 2.0, 4.0);
    assertThat(fit.at(0.5)).isZero();
    assertThat(fit.at(2)).isEqualTo(0.5);
    assertThat(fit.at(3.9)).isEqualTo(0.5);
    assertThat(fit.at(99)).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void equalNumbersAreOneStepWhateverTheirOrder() {
    double[] same = {1, 1, 2, 2};
    List<Isotonic.Step> steps = Isotonic.of(same, new boolean[] {true, false, true, true}).steps();
    assertThat(steps).isEqualTo(Isotonic.of(same, new boolean[] {false, true, true, true}).steps());
    assertThat(steps).extracting(Isotonic.Step::value).containsExactly(0.5, 1.0);
    // Knowledge that falls with confidence is no knowledge: one step.
    assertThat(Isotonic.of(same, new boolean[] {true, true, false, true}).steps()).hasSize(1);
  }

  @Test
  void theEstimateOfWrongLabelsIsTheirShareWhereConfidenceTellsNothing() {
    double[] known = new double[100];
    boolean[] right = new boolean[100];
    for (int i = 0; i < 100; i++) {
      known[i] = 0.9;
      right[i] = i % 5 != 0;
    }

    WrongLabels wrong = WrongLabels.of(known, right, new double[] {0.6, 0.99}, KEY);

    // It says 0.9, and 0.8 are right: what it says of itself is not believed.
    assertThat(wrong.share()).isCloseTo(0.2, within(1e-12));
    assertThat(wrong.interval().contains(0.2)).isTrue();
    assertThat(wrong.interval().width()).isBetween(0.1, 0.22);
    assertThat(WrongLabels.of(known, right, new double[] {0.6, 0.99}, KEY)).isEqualTo(wrong);
  }

  @Test
  void surerLabelsThanTheKnownOnesAreEstimatedToBeBetter() {
    double[] known = {0.55, 0.55, 0.55, 0.55, 0.95, 0.95, 0.95, 0.95};
    boolean[] right = {true, true, false, false, true, true, true, false};
    assertThat(WrongLabels.of(known, right, known, KEY).share()).isCloseTo(3.0 / 8, within(1e-12));
    assertThat(WrongLabels.of(known, right, new double[] {0.97, 0.95, 0.5}, KEY).share())
        .isCloseTo((0.25 + 0.25 + 0.5) / 3, within(1e-12));
  }

  @Test
  void aVoteWeighsTheLogOddsOfBeingRightAndACoinsNothing() {
    assertThat(new VoteWeight(80, 100).value()).isCloseTo(Math.log(4), within(1e-12));
    // 55 of 100: the interval 0.452 to 0.644 holds one half.
    assertThat(new VoteWeight(55, 100).value()).isZero();
    assertThat(new VoteWeight(550, 1000).value()).isCloseTo(Math.log(550 / 450.0), within(1e-12));
    assertThat(new VoteWeight(20, 100).value()).isZero();
    assertThat(new VoteWeight(100, 100).value()).isCloseTo(Math.log(199), within(1e-9));
    assertThatThrownBy(() -> new VoteWeight(1, 0)).hasMessageContaining("right is 1 of 0");
  }
}
