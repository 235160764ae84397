package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.ppo.formula.ScoreClip;
import io.arete.rlaif.ppo.formula.Whitening;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clip that clips nothing, or a schedule that never falls, would look like an option that is. */
class RewardShapingTest {

  @TempDir static Path folder;
  static PpoFixture tiny;

  @BeforeAll
  static void load() {
    tiny = new PpoFixture(folder);
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  @Test
  void scoresAreHeldAtTheDistanceOnBothSides() {
    ScoreClip clip = new ScoreClip(1.5);
    assertThat(clip.of(3)).isEqualTo(1.5);
    assertThat(clip.of(-1.6)).isEqualTo(-1.5);
    assertThat(clip.of(0.7)).isEqualTo(0.7);
    assertThat(new ScoreClip(0).of(-40)).isEqualTo(-40);
    assertThatThrownBy(() -> new ScoreClip(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScoreClip(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** TRL's masked_whiten with shift_mean=False on 1, 2, 3, 6: mean 3, variance 14/3, by hand. */
  @Test
  void scaledRewardsKeepTheirMean() {
    double scale = Math.sqrt(14.0 / 3 + 1e-8);
    List<double[]> scaled = Whitening.scale(List.of(new double[] {1, 2}, new double[] {3, 6}));
    assertThat(scaled.get(0))
        .containsExactly(new double[] {-2 / scale + 3, -1 / scale + 3}, within(1e-12));
    assertThat(scaled.get(1)).containsExactly(new double[] {3, 3 / scale + 3}, within(1e-12));
    assertThat(Whitening.scale(List.of(new double[] {7})).get(0)).containsExactly(7);
  }

  @Test
  void aRoundsRewardsAreClippedBeforeTheyBecomeAdvantages() {
    String[] plain = {"ppo.whiten_advantages=false", "ppo.lambda=1"};
    String[] clipped = {plain[0], plain[1], "ppo.reward_clip=0.01"};
    String[] whole = {
      plain[0], plain[1], "ppo.reward_clip=0.01", "ppo.train_turns=all", "ppo.credit=facet"
    };
    try (PpoModels models = tiny.models()) {
      // The policy is the reference and every value is 0, so that an advantage is what was earned.
      assertThat(largest(round(models, plain))).isGreaterThan(0.1);
      assertThat(largest(round(models, clipped))).isCloseTo(0.01, within(1e-5));
      assertThat(largest(round(models, whole))).isBetween(0.01, 0.03 + 1e-5);
    }
  }

  @Test
  void aRoundsRewardsAreScaledToVarianceOne() {
    String[] settings = {
      "ppo.whiten_advantages=false", "ppo.lambda=0", "ppo.gamma=0", "ppo.whiten_rewards=true"
    };
    try (PpoModels models = tiny.models()) {
      // With neither discounting nor values an advantage is its token's reward.
      double[] rewards = flat(round(models, settings).advantages());
      double mean = Arrays.stream(rewards).average().orElseThrow();
      double squares = Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).sum();
      assertThat(squares / (rewards.length - 1)).isCloseTo(1, within(1e-4));
    }
  }

  private static Round round(PpoModels models, String... settings) {
    Recipe recipe = tiny.recipe(settings);
    return tiny.round(models, recipe, PpoFixture.planted());
  }

  private static double largest(Round round) {
    return Arrays.stream(flat(round.advantages())).map(Math::abs).max().orElseThrow();
  }

  private static double[] flat(List<double[]> rows) {
    return rows.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void theRatesFollowTheirSchedulesOverAllPlannedSteps() {
    String[] size = {"ppo.iterations=5", "ppo.epochs=2", "ppo.mini_batches=4"};
    StepRates constant = rates(size[0], size[1], size[2]);
    assertThat(constant.policy().at(0)).isEqualTo(1e-4);
    assertThat(constant.policy().at(39)).isEqualTo(1e-4);
    assertThat(constant.firstStep(1)).isZero();
    assertThat(constant.firstStep(4)).isEqualTo(24);

    StepRates linear = rates(size[0], size[1], size[2], "ppo.schedule=linear");
    assertThat(linear.policy().at(20)).isCloseTo(0.5e-4, within(1e-12));
    assertThat(linear.critic().at(39)).isCloseTo(1e-4 / 40, within(1e-12));

    StepRates cosine =
        rates(size[0], size[1], size[2], "ppo.schedule=cosine", "ppo.warmup_share=0.1");
    assertThat(cosine.policy().at(0)).isCloseTo(1e-4 / 5, within(1e-12));
    assertThat(cosine.policy().at(4)).isCloseTo(1e-4, within(1e-12));
    assertThat(cosine.policy().at(22)).isCloseTo(0.5e-4, within(1e-12));
  }

  private static StepRates rates(String... settings) {
    return StepRates.of(tiny.recipe(settings).ppo());
  }
}
