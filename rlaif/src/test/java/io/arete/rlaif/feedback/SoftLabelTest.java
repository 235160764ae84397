package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoftLabelTest {

  /** Signal 0.3 for the first conversation under a lean of 3 nats towards what is shown first. */
  private static final LogOddsVote LEANING = new LogOddsVote(3 + 0.3, 3 - 0.3);

  @Test
  void logOddsKeepTheSignalThatProbabilitiesFlatten() {
    assertThat(LEANING.probability()).isCloseTo(0.574, within(5e-4));
    assertThat(LEANING.averagedProbability()).isCloseTo(0.514, within(5e-4));
    List<WeightedVote> votes = List.of(new WeightedVote("honesty", 1, LEANING));
    assertThat(SoftLabel.of(votes, VoteAveraging.LOG_ODDS).p()).isCloseTo(0.574, within(5e-4));
    assertThat(SoftLabel.of(votes, VoteAveraging.PROBABILITY).p()).isCloseTo(0.514, within(5e-4));
  }

  @Test
  void signalAndLeanAreToldApartWithTheirSigns() {
    assertThat(LEANING.signal()).isCloseTo(0.3, within(1e-12));
    assertThat(LEANING.positionBias()).isCloseTo(3, within(1e-12));
    LogOddsVote other = new LogOddsVote(-2 - 0.4, -2 + 0.4); // leans to B, prefers the second
    assertThat(other.signal()).isCloseTo(-0.4, within(1e-12));
    assertThat(other.positionBias()).isCloseTo(-2, within(1e-12));
    assertThat(other.probability()).isLessThan(0.5);
  }

  @Test
  void theOrderDecidesWhereBothOrdersPickTheSamePosition() {
    assertThat(LEANING.orderDecided()).isTrue();
    assertThat(new LogOddsVote(-1, -2).orderDecided()).isTrue();
    assertThat(new LogOddsVote(1, -2).orderDecided()).isFalse();
    assertThat(new LogOddsVote(-1, 2).orderDecided()).isFalse();
    assertThat(new LogOddsVote(0, 2).orderDecided()).isFalse();
    assertThat(new LogOddsVote(-2, 0).orderDecided()).isFalse();
    assertThat(new LogOddsVote(0, 0).orderDecided()).isFalse();
  }

  @Test
  void exchangingTheConversationsTurnsTheLabelAround() {
    LogOddsVote exchanged = new LogOddsVote(LEANING.secondShownFirst(), LEANING.firstShownFirst());
    assertThat(exchanged.probability()).isCloseTo(1 - LEANING.probability(), within(1e-12));
    assertThat(exchanged.averagedProbability())
        .isCloseTo(1 - LEANING.averagedProbability(), within(1e-12));
    assertThat(exchanged.positionBias()).isEqualTo(LEANING.positionBias());
  }

  @Test
  void virtuesCountByTheirWeight() {
    List<WeightedVote> votes =
        List.of(
            new WeightedVote("honesty", 3, new LogOddsVote(1, -1)), // signal 1
            new WeightedVote("justice", 1, new LogOddsVote(-2, 0))); // signal −1, bias −1
    SoftLabel label = SoftLabel.of(votes, VoteAveraging.LOG_ODDS);
    assertThat(label.pair().signal()).isCloseTo((3 - 1) / 4.0, within(1e-12));
    assertThat(label.pair().positionBias()).isCloseTo(-1 / 4.0, within(1e-12));
    assertThat(label.p()).isCloseTo(1 / (1 + Math.exp(-0.5)), within(1e-12));
    double honesty = 1 / (1 + Math.exp(-1));
    double justice = (1 / (1 + Math.exp(2)) + 0.5) / 2;
    assertThat(SoftLabel.of(votes, VoteAveraging.PROBABILITY).p())
        .isCloseTo((3 * honesty + justice) / 4, within(1e-12));
  }

  @Test
  void tiesLieStrictlyInsideTheThreshold() {
    LogOddsVote even = new LogOddsVote(1, 1);
    assertThat(new SoftLabel(0.519, even).isTie(0.02)).isTrue();
    assertThat(new SoftLabel(0.481, even).isTie(0.02)).isTrue();
    assertThat(new SoftLabel(0.521, even).isTie(0.02)).isFalse();
    assertThat(new SoftLabel(0.5, even).isTie(0)).isFalse();
  }

  @Test
  void spellingsOfAnAnswerAddTheirProbabilities() {
    AnswerLogProbs answers =
        AnswerLogProbs.ofSpellings(
            new double[] {Math.log(0.2), Math.log(0.1)},
            new double[] {Math.log(0.1), Double.NEGATIVE_INFINITY});
    assertThat(answers.logOdds()).isCloseTo(Math.log(3), within(1e-12));
    assertThat(answers.mass()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void veryUnlikelyAnswersStillCompare() {
    AnswerLogProbs answers =
        AnswerLogProbs.ofSpellings(new double[] {-1000, -1001}, new double[] {-1002});
    assertThat(answers.logOdds()).isCloseTo(2 + Math.log1p(Math.exp(-1)), within(1e-9));
  }

  @Test
  void impossibleAnswersNeitherDecideAloneNorBreakTheLabel() {
    double never = Double.NEGATIVE_INFINITY;
    assertThat(new AnswerLogProbs(-1, never).logOdds()).isEqualTo(50);
    assertThat(new AnswerLogProbs(never, -1).logOdds()).isEqualTo(-50);
    AnswerLogProbs silent = AnswerLogProbs.ofSpellings(new double[] {never}, new double[0]);
    assertThat(silent.logOdds()).isZero();
    assertThat(silent.mass()).isZero();
    assertThat(LogOddsVote.of(silent, silent).probability()).isEqualTo(0.5);
  }

  @Test
  void impossibleArgumentsAreNamed() {
    assertThatThrownBy(() -> new AnswerLogProbs(Double.NaN, -1))
        .hasMessage("log-probabilities are NaN and -1.0 but must be 0 or less");
    assertThatThrownBy(() -> new LogOddsVote(Double.NaN, 1))
        .hasMessage("log-odds are NaN and 1.0 but must be finite");
    assertThatThrownBy(() -> new WeightedVote("honesty", 0, LEANING))
        .hasMessage("weight of honesty is 0.0 but must be above 0");
    assertThatThrownBy(() -> SoftLabel.of(List.of(), VoteAveraging.LOG_ODDS))
        .hasMessage("a pair has no votes but needs at least one");
  }
}
