package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.config.FeedbackSection.Pairs;
import io.arete.rlaif.feedback.PairScheme.Two;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairSchemeTest {

  private static final List<Two> ALL_OF_FOUR = PairScheme.compared(Pairs.ALL, 4);

  @Test
  void aSchemeSaysWhichSamplesAreCompared() {
    assertThat(PairScheme.compared(Pairs.ADJACENT, 4))
        .containsExactly(new Two(0, 1), new Two(1, 2), new Two(2, 3));
    assertThat(ALL_OF_FOUR).hasSize(6).doesNotHaveDuplicates();
    assertThat(PairScheme.compared(Pairs.BEST_WORST, 4)).isEqualTo(ALL_OF_FOUR);
    for (Pairs scheme : Pairs.values()) {
      assertThat(PairScheme.compared(scheme, 2)).containsExactly(new Two(0, 1));
    }
  }

  /** Worths of 1, 4, 2 and −3, and a judge that tells their differences exactly. */
  private static double[] logOdds() {
    double[] worth = {1, 4, 2, -3};
    return ALL_OF_FOUR.stream()
        .mapToDouble(two -> worth[two.first()] - worth[two.second()])
        .toArray();
  }

  @Test
  void onlyTheBestAgainstTheWorstIsKept() {
    List<Integer> kept = PairScheme.kept(Pairs.BEST_WORST, 4, ALL_OF_FOUR, logOdds());
    assertThat(kept).hasSize(1);
    assertThat(ALL_OF_FOUR.get(kept.get(0))).isEqualTo(new Two(1, 3));
    assertThat(PairScheme.kept(Pairs.ALL, 4, ALL_OF_FOUR, logOdds())).hasSize(6);
  }

  @Test
  void whatCouldNotBeReadIsNeverKept() {
    double[] logOdds = logOdds();
    logOdds[ALL_OF_FOUR.indexOf(new Two(1, 3))] = Double.NaN;
    assertThat(PairScheme.kept(Pairs.ALL, 4, ALL_OF_FOUR, logOdds)).hasSize(5);
    assertThat(PairScheme.kept(Pairs.BEST_WORST, 4, ALL_OF_FOUR, logOdds))
        .allSatisfy(i -> assertThat(logOdds[i]).isNotNaN());
    double[] nothing = {Double.NaN};
    List<Two> two = PairScheme.compared(Pairs.BEST_WORST, 2);
    assertThat(PairScheme.kept(Pairs.BEST_WORST, 2, two, nothing)).isEmpty();
  }

  @Test
  void ofTwoSamplesThePairIsKeptWhoeverIsBetter() {
    List<Two> two = PairScheme.compared(Pairs.BEST_WORST, 2);
    for (double logOdds : new double[] {2, -2, 0}) {
      assertThat(PairScheme.kept(Pairs.BEST_WORST, 2, two, new double[] {logOdds}))
          .containsExactly(0);
    }
  }
}
