package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.data.Facet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for every labeler. */
abstract class LabelerContract {

  static final Comparison PAIR =
      new Comparison(Facet.ACTION, "May I?", "Yes, do.", "No, it would hurt them.");

  /** The labeler under test; it is closed after use. */
  abstract Labeler open();

  /** The largest difference of log-odds that is rounding, nats. */
  double tolerance() {
    return 1e-4;
  }

  @Test
  void everyComparisonIsJudgedOnceInItsPlace() {
    Comparison other = new Comparison(Facet.CONSEQUENCES, "And now?", "Wait.", "Take all of it.");
    try (Labeler labeler = open()) {
      List<Optional<Judgement>> together = labeler.judge(List.of(PAIR, other, PAIR));
      assertThat(together).hasSize(3);
      assertThat(logOdds(together.get(2))).isCloseTo(logOdds(together.get(0)), within(tolerance()));
      assertThat(logOdds(together.get(1)))
          .isCloseTo(logOdds(labeler.judge(List.of(other)).get(0)), within(tolerance()));
    }
  }

  @Test
  void nothingToJudgeIsNoWork() {
    try (Labeler labeler = open()) {
      assertThat(labeler.judge(List.of())).isEmpty();
      assertThat(labeler.work()).isEqualTo(LabelerWork.NONE);
    }
  }

  @Test
  void swappedTextsSwapTheLabelAndEqualTextsAreATie() {
    try (Labeler labeler = open()) {
      List<Optional<Judgement>> said =
          labeler.judge(
              List.of(
                  PAIR, PAIR.swapped(), new Comparison(Facet.ACTION, "May I?", "Yes.", "Yes.")));
      assertThat(logOdds(said.get(1))).isCloseTo(-logOdds(said.get(0)), within(tolerance()));
      assertThat(logOdds(said.get(2))).isCloseTo(0, within(tolerance()));
    }
  }

  @Test
  void everyVirtueThatCountsHasOneVoteAndTheAnswersHaveAProbability() {
    try (Labeler labeler = open()) {
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
      assertThat(said.votes())
          .isNotEmpty()
          .allMatch(vote -> vote.weight() > 0)
          .extracting(WeightedVote::virtue)
          .doesNotHaveDuplicates();
      assertThat(said.answerMass()).isBetween(0.0, 1 + 1e-6);
      assertThat(labeler.work().questions()).isPositive();
    }
  }

  private static double logOdds(Optional<Judgement> said) {
    return said.orElseThrow().label(VoteAveraging.LOG_ODDS).logOdds();
  }
}
