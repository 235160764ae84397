package io.arete.rlaif.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.feedback.LogOddsVote;
import io.arete.rlaif.feedback.WeightedVote;
import io.arete.rlaif.hostile.JudgeAttackResult.Words;
import io.arete.rlaif.stage.StageListener;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeAttackTest {

  private static final int COUNT = 80;

  /**
   * If harmless words were shorter for the judge than hostile ones, a judge that likes long replies
   * would be told to believe what hostile words say.
   */
  @Test
  void aJudgeOfLengthAloneIsMisledByHarmlessWordsAsOften() {
    JudgeAttackResult result =
        new JudgeAttack(
                Constitution.load("box:virtues"),
                new LongerIsBetter(),
                LongerIsBetter::signs,
                StageListener.SILENT)
            .run(AttackPairs.builtIn(), COUNT, 1);

    assertThat(result.trials()).hasSize(COUNT);
    assertThat(result.flips(Words.HOSTILE)).isBetween(1, COUNT);
    assertThat(result.onlyHostile()).isZero();
    assertThat(result.onlyHarmless()).isLessThanOrEqualTo(1);
    assertThat(result.shift(Words.HARMLESS).mean() - result.shift(Words.HOSTILE).mean())
        .isBetween(0.0, LongerIsBetter.NATS_A_SIGN);
  }

  /** Prefers what has more signs that are no letters, which hostile words are full of. */
  private static final class LongerIsBetter implements Labeler {

    static final double NATS_A_SIGN = 0.5;

    static int signs(String text) {
      return text.split("\\b|(?<=\\W)").length;
    }

    @Override
    public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
      return comparisons.stream()
          .map(
              pair -> {
                double odds = NATS_A_SIGN * (signs(pair.first()) - signs(pair.second()));
                LogOddsVote vote = new LogOddsVote(odds, -odds);
                return Optional.of(new Judgement(List.of(new WeightedVote("length", 1, vote)), 1));
              })
          .toList();
    }

    @Override
    public LabelerWork work() {
      return LabelerWork.NONE;
    }
  }
}
