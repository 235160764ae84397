package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.rlaif.ppo.formula.Gae;
import io.arete.rlaif.ppo.formula.KlController;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.ppo.formula.PlacedScore;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.ppo.formula.TokenRewards;
import io.arete.rlaif.ppo.formula.Whitening;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every formula of PPO against float64 reference values; padding is cut off on reading. */
class PpoGoldenTest {

  private static final JsonNode GOLDEN = GoldenFiles.json("ppo/golden.json");
  private static final int ROWS = GOLDEN.get("lengths").size();
  private static final long TOKENS = rows("values").stream().mapToLong(row -> row.length).sum();

  @Test
  void divergenceEstimates() {
    for (int i = 0; i < ROWS; i++) {
      double[] policy = row("old_logprobs", i);
      double[] reference = row("ref_logprobs", i);
      assertClose(perToken(KlEstimator.K1, policy, reference), row("kl_k1", i));
      assertClose(perToken(KlEstimator.K2, policy, reference), row("kl_k2", i));
      assertClose(perToken(KlEstimator.K3, policy, reference), row("kl_k3", i));
      assertThat(KlEstimator.K1.ofReply(policy, reference))
          .isCloseTo(GOLDEN.get("kl_sequence").get(i).asDouble(), within(1e-9));
    }
  }

  @Test
  void rewardsAdvantagesAndReturns() {
    Gae gae = new Gae(number("gamma"), number("lam"));
    for (int i = 0; i < ROWS; i++) {
      double[] rewards =
          TokenRewards.of(
              row("old_logprobs", i),
              row("ref_logprobs", i),
              number("kl_coef"),
              List.of(
                  new PlacedScore(
                      row("old_logprobs", i).length - 1, GOLDEN.get("scores").get(i).asDouble())));
      assertClose(rewards, row("rewards", i));
      double[] advantages = gae.advantages(rewards, row("values", i));
      assertClose(advantages, row("advantages", i));
      assertClose(Gae.returns(advantages, row("values", i)), row("returns", i));
    }
  }

  @Test
  void whitenedAdvantages() {
    List<double[]> whitened = Whitening.apply(rows("advantages"));
    for (int i = 0; i < ROWS; i++) {
      assertClose(whitened.get(i), row("whitened_advantages", i));
    }
  }

  @Test
  void clippedLosses() {
    PpoLoss loss = new PpoLoss(number("clip_range"), number("value_clip_range"));
    double policyLoss = 0;
    double valueLoss = 0;
    double halfSquares = 0;
    RatioStats ratios = RatioStats.NONE;
    for (int i = 0; i < ROWS; i++) {
      double[] fresh = row("new_logprobs", i);
      double[] old = row("old_logprobs", i);
      policyLoss += loss.policy(fresh, old, row("whitened_advantages", i), TOKENS).loss();
      valueLoss +=
          loss.value(row("new_values", i), row("values", i), row("returns", i), TOKENS).loss();
      halfSquares += KlEstimator.K2.ofReply(fresh, old);
      ratios = ratios.plus(loss.ratios(fresh, old));
    }
    assertThat(policyLoss).isCloseTo(number("policy_loss"), within(1e-9));
    assertThat(valueLoss).isCloseTo(number("value_loss"), within(1e-9));
    assertThat(ratios.clipShare()).isCloseTo(number("clip_fraction"), within(1e-9));
    assertThat(halfSquares / TOKENS).isCloseTo(number("approx_kl_half_square"), within(1e-9));
  }

  @Test
  void adaptiveCoefficient() {
    JsonNode golden = GOLDEN.get("adaptive_kl");
    KlController controller =
        new KlController.Adaptive(
            golden.get("start").asDouble(),
            golden.get("target").asDouble(),
            golden.get("horizon").asDouble());
    JsonNode coefficients = golden.get("coefficients");
    assertThat(controller.coefficient()).isEqualTo(coefficients.get(0).asDouble());
    for (int i = 0; i < golden.get("observed").size(); i++) {
      controller =
          controller.after(golden.get("observed").get(i).asDouble(), golden.get("batch").asInt());
      assertThat(controller.coefficient())
          .isCloseTo(coefficients.get(i + 1).asDouble(), within(1e-9));
    }
  }

  private static double[] perToken(KlEstimator estimator, double[] policy, double[] reference) {
    return IntStream.range(0, policy.length)
        .mapToDouble(t -> estimator.ofToken(policy[t], reference[t]))
        .toArray();
  }

  private static void assertClose(double[] found, double[] expected) {
    assertThat(found).containsExactly(expected, within(1e-9));
  }

  private static double number(String name) {
    return GOLDEN.get(name).asDouble();
  }

  private static List<double[]> rows(String name) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(name, i));
    }
    return rows;
  }

  private static double[] row(String name, int i) {
    return IntStream.range(0, GOLDEN.get("lengths").get(i).asInt())
        .mapToDouble(t -> GOLDEN.get(name).get(i).get(t).asDouble())
        .toArray();
  }
}
