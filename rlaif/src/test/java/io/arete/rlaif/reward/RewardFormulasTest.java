package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.rlaif.stats.Logistic;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardFormulasTest {

  private static final CountedRandom KEY = CountedRandom.of(13).at("reward");
  private static final PairwiseLoss CENTERED = new PairwiseLoss(0.01);

  @ParameterizedTest
  @ValueSource(strings = {"reward-llama", "reward-qwen2"})
  void lossesEqualThoseOfTrl(String folder) {
    JsonNode golden = GoldenFiles.json(folder + "/golden.json");
    // The reference losses are float32.
    assertThat(meanLoss(golden, PairwiseLoss.PLAIN, 0))
        .isCloseTo(golden.get("loss").asDouble(), within(1e-6));
    assertThat(meanLoss(golden, PairwiseLoss.PLAIN, 0.5))
        .isCloseTo(golden.get("loss_margin_0_5").asDouble(), within(1e-6));
    assertThat(meanLoss(golden, CENTERED, 0))
        .isCloseTo(golden.get("loss_centering_0_01").asDouble(), within(1e-6));
  }

  @Test
  void derivativesAreTheSlopesOfTheLoss() {
    for (int i = 0; i < 100; i++) {
      double first = 2 * KEY.at("first").gaussian(i);
      double second = 2 * KEY.at("second").gaussian(i);
      double p = KEY.at("p").uniform(i);
      double margin = KEY.at("margin").gaussian(i);
      PairwiseLoss.PairTerm term = CENTERED.of(first, second, p, margin);
      double step = 1e-6;
      double byFirst =
          (CENTERED.of(first + step, second, p, margin).loss()
                  - CENTERED.of(first - step, second, p, margin).loss())
              / (2 * step);
      double bySecond =
          (CENTERED.of(first, second + step, p, margin).loss()
                  - CENTERED.of(first, second - step, p, margin).loss())
              / (2 * step);
      assertThat(term.byFirst()).isCloseTo(byFirst, within(1e-8));
      assertThat(term.bySecond()).isCloseTo(bySecond, within(1e-8));
    }
  }

  @Test
  void exchangingTheConversationsChangesNothing() {
    PairwiseLoss.PairTerm one = CENTERED.of(1.2, -0.3, 0.8, 0.5);
    PairwiseLoss.PairTerm other = CENTERED.of(-0.3, 1.2, 0.2, -0.5);
    assertThat(other.loss()).isCloseTo(one.loss(), within(1e-12));
    assertThat(other.byFirst()).isCloseTo(one.bySecond(), within(1e-12));
    assertThat(other.bySecond()).isCloseTo(one.byFirst(), within(1e-12));
  }

  @Test
  void untrainedScoresLoseLogTwoWhateverTheLabel() {
    assertThat(PairwiseLoss.PLAIN.of(0.3, 0.3, 0.9).loss()).isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void aSoftLabelIsMetByItsOwnLogOdds() {
    PairwiseLoss.PairTerm term = PairwiseLoss.PLAIN.of(Math.log(0.7 / 0.3), 0, 0.7);
    assertThat(term.byFirst()).isCloseTo(0, within(1e-12));
  }

  @Test
  void extremeScoresStayFinite() {
    assertThat(PairwiseLoss.PLAIN.of(1000, -1000, 0.0).loss()).isEqualTo(2000);
    assertThat(PairwiseLoss.PLAIN.of(1000, -1000, 1.0).loss()).isZero();
    assertThat(PairwiseLoss.PLAIN.of(-1e300, 1e300, 0.0).loss()).isZero();
    assertThat(PairwiseLoss.PLAIN.of(-1000, 1000, 0.5))
        .isEqualTo(new PairwiseLoss.PairTerm(1000, -0.5, 0.5));
  }

  @Test
  void normalisedReferenceScoresHaveMeanZeroAndSdOne() {
    double[] scores = IntStream.range(0, 50).mapToDouble(i -> 3 + 7 * KEY.gaussian(i)).toArray();
    ScoreNormalizer normalizer = ScoreNormalizer.of(scores);
    double[] z = Arrays.stream(scores).map(normalizer::z).toArray();
    assertThat(Arrays.stream(z).sum()).isCloseTo(0, within(1e-9));
    assertThat(Arrays.stream(z).map(x -> x * x).sum() / 50).isCloseTo(1, within(1e-9));
    assertThat(new ScoreNormalizer(2, 4).z(10)).isEqualTo(2);
  }

  @Test
  void aRewardModelThatScoresAllAlikeIsToldSo() {
    assertThatThrownBy(() -> ScoreNormalizer.of(1, 1, 1))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("mean 1.0 and sd 0.0")
        .hasMessageContaining("scores all texts alike");
  }

  @Test
  void temperatureRecoversTheScaleOfOverconfidentScores() {
    // True log-odds are a fifth of the scores: the best 1 / T is 0.2.
    double[] differences =
        IntStream.range(0, 4000).mapToDouble(i -> 10 * KEY.at("t").gaussian(i)).toArray();
    double[] labels =
        IntStream.range(0, 4000)
            .mapToDouble(i -> KEY.at("l").uniform(i) < Logistic.sigmoid(differences[i] / 5) ? 1 : 0)
            .toArray();
    TemperatureFit fit = TemperatureFit.of(differences, labels);
    assertThat(fit.inverseTemperature()).isCloseTo(0.2, within(0.02));
    assertThat(fit.learned()).isTrue();
    assertThat(fit.heldOutLoss()).isLessThan(0.6);
    assertThat(fit.fitLoss()).isLessThan(0.6);
  }

  @Test
  void scoresThatPointTheWrongWayAreIgnoredAndCountAsNotLearned() {
    double[] differences = {2, 1, 3, 2};
    TemperatureFit fit = TemperatureFit.of(differences, new double[4]);
    assertThat(fit.inverseTemperature()).isZero();
    assertThat(fit.heldOutLoss()).isCloseTo(Math.log(2), within(1e-9));
    assertThat(fit.learned()).isFalse();
  }

  @Test
  void allEqualScoresAreNotLearned() {
    TemperatureFit fit = TemperatureFit.of(new double[4], new double[] {1, 1, 1, 1});
    assertThat(fit).isEqualTo(new TemperatureFit(0, Math.log(2), Math.log(2)));
    assertThat(fit.learned()).isFalse();
  }

  @Test
  void theHalfThatIsJudgedIsNotTheHalfThatWasFitted() {
    // The fitted half is right, the other wrong: held out it must look bad.
    TemperatureFit fit = TemperatureFit.of(new double[] {1, -1, 2, -2}, new double[] {1, 1, 1, 1});
    assertThat(fit.fitLoss()).isLessThan(0.5);
    assertThat(fit.heldOutLoss()).isGreaterThan(Math.log(2));
  }

  /** 39 of 40 certain labels right: without restraint the one error alone would cost 200 nats. */
  @Test
  void oneSmallErrorBesideAHalfThatIsAllRightIsStillLearned() {
    double[] differences = IntStream.range(0, 40).mapToDouble(i -> i == 39 ? -0.2 : 1).toArray();
    TemperatureFit fit =
        TemperatureFit.of(differences, IntStream.range(0, 40).mapToDouble(i -> 1).toArray());
    // σ(β) = 21 / 22, so that β = ln 21; 19 losses of ln(22 / 21), and ln(1 + 21^0.2) once.
    assertThat(fit.inverseTemperature()).isCloseTo(Math.log(21), within(1e-9));
    assertThat(fit.heldOutLoss())
        .isCloseTo((19 * Math.log(22 / 21.0) + Math.log(1 + Math.pow(21, 0.2))) / 20, within(1e-9));
    assertThat(fit.learned()).isTrue();
  }

  @Test
  void impossibleArgumentsAreNamed() {
    assertThatThrownBy(() -> PairwiseLoss.PLAIN.of(0, 0, 1.1))
        .hasMessage("p is 1.1 but must lie in [0, 1]");
    assertThatThrownBy(() -> new PairwiseLoss(-1))
        .hasMessage("centering coefficient is -1.0 but must be 0 or more");
    assertThatThrownBy(() -> TemperatureFit.of(new double[2], new double[3]))
        .hasMessage("2 score differences and 3 labels; need two or more of each");
    assertThatThrownBy(() -> TemperatureFit.of(new double[] {0, Double.NaN}, new double[] {0, 0}))
        .hasMessage("score difference 1 is NaN but must be finite");
  }

  private static double meanLoss(JsonNode golden, PairwiseLoss loss, double margin) {
    JsonNode chosen = golden.get("chosen_scores");
    JsonNode rejected = golden.get("rejected_scores");
    return IntStream.range(0, chosen.size())
        .mapToDouble(
            i -> loss.of(chosen.get(i).asDouble(), rejected.get(i).asDouble(), 1, margin).loss())
        .average()
        .orElseThrow();
  }
}
