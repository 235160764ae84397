package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.rlaif.ppo.formula.GroupRelative;
import io.arete.rlaif.ppo.formula.LeaveOneOut;
import io.arete.rlaif.ppo.formula.LossTerm;
import io.arete.rlaif.ppo.formula.ReferencePenalty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a critic, a wrong advantage would teach every conversation of a prompt the wrong way. */
class GroupAdvantagesTest {

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
  void leavingOneOutComparesWithTheMeanOfTheOthers() {
    // 1 - (2 + 6) / 2, 2 - (1 + 6) / 2, 6 - (1 + 2) / 2, by hand.
    assertThat(LeaveOneOut.advantages(new double[] {1, 2, 6}))
        .containsExactly(new double[] {-3, -1.5, 4.5}, within(1e-12));
    assertThat(LeaveOneOut.advantages(new double[] {-1, 3}))
        .containsExactly(new double[] {-4, 4}, within(1e-12));
  }

  @Test
  void groupRelativeAdvantagesAreInUnitsOfTheSpread() {
    // Mean 3; sd of 1, 2, 6 with divisor 2 is the root of 7.
    double scale = Math.sqrt(7) + 1e-4;
    assertThat(GroupRelative.advantages(new double[] {1, 2, 6}))
        .containsExactly(new double[] {-2 / scale, -1 / scale, 3 / scale}, within(1e-12));
    assertThat(GroupRelative.advantages(new double[] {0.5, 0.5, 0.5}))
        .as("nothing to prefer")
        .containsExactly(0, 0, 0);
  }

  @Test
  void aLoneConversationHasNothingToBeComparedWith() {
    assertThatThrownBy(() -> LeaveOneOut.advantages(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GroupRelative.advantages(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePenaltyIsK3AndItsSlope() {
    double[] policy = {-1.0, -2.0};
    double[] reference = {-1.5, -1.2};
    // r - 1 - log r with log r = -0.5 and 0.8.
    double k3 = (Math.exp(-0.5) - 1 + 0.5) + (Math.exp(0.8) - 1 - 0.8);
    LossTerm term = new ReferencePenalty(0.1).of(policy, reference, 4);

    assertThat(term.loss()).isCloseTo(0.1 * k3 / 4, within(1e-12));
    assertThat(term.gradient())
        .containsExactly(
            new double[] {0.1 * (1 - Math.exp(-0.5)) / 4, 0.1 * (1 - Math.exp(0.8)) / 4},
            within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rloo", "grpo"})
  void aPlantedRewardRisesWithoutACritic(String algorithm) {
    List<IterationHealth> seen =
        tiny.train(
            algorithm,
            PpoFixture.planted(),
            "ppo.algorithm=" + algorithm,
            "ppo.iterations=10",
            "ppo.prompts_per_iteration=8",
            "ppo.samples_per_prompt=4",
            "ppo.missing_end=subtract",
            "ppo.missing_end_penalty=0",
            "ppo.policy_learning_rate=0.01",
            "ppo.kl_coefficient=0.001",
            "ppo.ensemble=mean",
            "ppo.train_turns=all");

    // The mean of 64 conversations has a standard error of about 0.03.
    assertThat(reward(seen.subList(8, 10))).isGreaterThan(reward(seen.subList(0, 2)) + 0.2);
    assertThat(seen.get(9).round().explainedVariance()).isEmpty();
    Path policy = tiny.run(algorithm).resolve("policy");
    assertThat(policy.resolve("critic")).doesNotExist();
    assertThat(policy.resolve("metrics.jsonl")).content().doesNotContain("value_loss", "NaN");
    assertThat(Files.exists(policy.resolve("adapter_model.safetensors"))).isTrue();
  }

  private static double reward(List<IterationHealth> some) {
    return some.stream().mapToDouble(h -> h.round().reward().mean()).average().orElseThrow();
  }

  @Test
  void aRecipeThatGivesNothingToCompareIsRefusedByName() {
    assertThatThrownBy(() -> tiny.recipe("ppo.algorithm=rloo", "ppo.samples_per_prompt=1"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("ppo.samples_per_prompt is 1");
    assertThatThrownBy(
            () -> tiny.recipe("ppo.algorithm=grpo", "ppo.credit=facet", "ppo.train_turns=all"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("ppo.credit is facet");
  }
}
