package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.ppo.formula.Gae;
import io.arete.rlaif.ppo.formula.PlacedScore;
import io.arete.rlaif.ppo.formula.TokenRewards;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two turns by hand. Trained tokens: the action's reply (0, 1, 2) and the motivation's (3, 4); the
 * question between them is absent. β = 0.1, γ = 1, λ = 0.5.
 *
 * <pre>
 * token        0      1      2      3      4
 * policy    −1.0   −2.0   −0.5   −1.5   −1.0
 * reference −1.2   −1.0   −0.5   −2.0   −0.6
 * k1         0.2   −1.0    0.0    0.5   −0.4
 * −β k1    −0.02    0.1    0.0  −0.05   0.04
 * value      0.1    0.2    0.3    0.4    0.5
 * </pre>
 */
class TwoTurnRewardsTest {

  private static final double[] POLICY = {-1.0, -2.0, -0.5, -1.5, -1.0};
  private static final double[] REFERENCE = {-1.2, -1.0, -0.5, -2.0, -0.6};
  private static final double[] VALUES = {0.1, 0.2, 0.3, 0.4, 0.5};
  private static final double BETA = 0.1;
  private static final Gae GAE = new Gae(1, 0.5);

  @Test
  void theScoreLandsOnTheLastTokenOfTheLastTurn() {
    double[] rewards = TokenRewards.of(POLICY, REFERENCE, BETA, List.of(new PlacedScore(4, 0.9)));
    // Last: 0.04 + 0.9.
    assertRow(rewards, -0.02, 0.1, 0.0, -0.05, 0.94);
    // Errors δ: 4: 0.94 − 0.5 = 0.44;  3: −0.05 + 0.5 − 0.4 = 0.05;  2: 0 + 0.4 − 0.3 = 0.1;
    // 1: 0.1 + 0.3 − 0.2 = 0.2;  0: −0.02 + 0.2 − 0.1 = 0.08.
    // Advantages: 0.44;  0.05 + 0.22 = 0.27;  0.1 + 0.135 = 0.235;  0.2 + 0.1175 = 0.3175;
    // 0.08 + 0.15875 = 0.23875. The error flows on over the border between the turns.
    double[] advantages = GAE.advantages(rewards, VALUES);
    assertRow(advantages, 0.23875, 0.3175, 0.235, 0.27, 0.44);
    assertRow(Gae.returns(advantages, VALUES), 0.33875, 0.5175, 0.535, 0.67, 0.94);
  }

  @Test
  void withFacetCreditEachShareLandsAtTheEndOfItsOwnReply() {
    double[] rewards =
        TokenRewards.of(
            POLICY, REFERENCE, BETA, List.of(new PlacedScore(2, 0.6), new PlacedScore(4, 0.3)));
    // Token 2: 0.0 + 0.6; token 4: 0.04 + 0.3.
    assertRow(rewards, -0.02, 0.1, 0.6, -0.05, 0.34);
    // Errors δ: 4: 0.34 − 0.5 = −0.16;  3: 0.05;  2: 0.6 + 0.4 − 0.3 = 0.7;  1: 0.2;  0: 0.08.
    // Advantages: −0.16;  0.05 − 0.08 = −0.03;  0.7 − 0.015 = 0.685;  0.2 + 0.3425 = 0.5425;
    // 0.08 + 0.27125 = 0.35125.
    double[] advantages = GAE.advantages(rewards, VALUES);
    assertRow(advantages, 0.35125, 0.5425, 0.685, -0.03, -0.16);
    assertRow(Gae.returns(advantages, VALUES), 0.45125, 0.7425, 0.985, 0.37, 0.34);
  }

  private static void assertRow(double[] found, double... expected) {
    assertThat(found).containsExactly(expected, within(1e-12));
  }
}
