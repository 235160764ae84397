package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.ppo.formula.Gae;
import io.arete.rlaif.ppo.formula.KlController;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.ppo.formula.LossTerm;
import io.arete.rlaif.ppo.formula.MissingEndPenalty;
import io.arete.rlaif.ppo.formula.PlacedScore;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.ppo.formula.TokenRewards;
import io.arete.rlaif.ppo.formula.Whitening;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PpoFormulasTest {

  private static final CountedRandom KEY = CountedRandom.of(11).at("ppo formulas");
  private static final PpoLoss LOSS = new PpoLoss(0.2, 0.2);

  @Test
  void withLambdaZeroTheAdvantageIsTheOneStepError() {
    double[] rewards = draws("rewards", 9);
    double[] values = draws("values", 9);
    double[] advantages = new Gae(0.9, 0).advantages(rewards, values);
    for (int t = 0; t < 9; t++) {
      double next = t == 8 ? 0 : values[t + 1];
      assertThat(advantages[t]).isCloseTo(rewards[t] + 0.9 * next - values[t], within(1e-12));
    }
  }

  @Test
  void withLambdaOneTheReturnIsTheDiscountedRewardSum() {
    double[] rewards = draws("rewards", 9);
    double[] values = draws("values", 9);
    double[] returns = Gae.returns(new Gae(0.9, 1).advantages(rewards, values), values);
    for (int t = 0; t < 9; t++) {
      double sum = 0;
      for (int s = t; s < 9; s++) {
        sum += Math.pow(0.9, s - t) * rewards[s];
      }
      assertThat(returns[t]).isCloseTo(sum, within(1e-12));
    }
  }

  @Test
  void whiteningGivesMeanZeroAndVarianceOneOverTheWholeBatch() {
    List<double[]> rows = List.of(draws("a", 5), draws("b", 1), draws("c", 40));
    double[] all = Whitening.apply(rows).stream().flatMapToDouble(Arrays::stream).toArray();
    assertThat(Arrays.stream(all).sum()).isCloseTo(0, within(1e-9));
    assertThat(Arrays.stream(all).map(x -> x * x).sum() / 45).isCloseTo(1, within(1e-6));
    assertThat(Whitening.apply(List.of(new double[] {3})).get(0)).containsExactly(0);
    assertThat(Whitening.apply(List.of(new double[0])).get(0)).isEmpty();
  }

  @Test
  void policyDerivativeIsTheSlopeOfTheLoss() {
    double[] old = draws("old", 60);
    double[] fresh = sum(old, scaled(draws("step", 60), 0.3));
    double[] advantages = draws("advantages", 60);
    double[] gradient = LOSS.policy(fresh, old, advantages, 100).gradient();
    for (int t = 0; t < 60; t++) {
      double slope =
          (LOSS.policy(moved(fresh, t, 1e-6), old, advantages, 100).loss()
                  - LOSS.policy(moved(fresh, t, -1e-6), old, advantages, 100).loss())
              / 2e-6;
      assertThat(gradient[t]).isCloseTo(slope, within(1e-8));
    }
    assertThat(gradient).contains(0.0); // some are clipped,
    assertThat(Arrays.stream(gradient).filter(g -> g != 0).count()).isGreaterThan(30); // most not
  }

  @Test
  void valueDerivativeIsTheSlopeOfTheLoss() {
    double[] old = draws("old", 60);
    double[] fresh = sum(old, scaled(draws("step", 60), 0.3));
    double[] returns = sum(old, draws("returns", 60));
    double[] gradient = LOSS.value(fresh, old, returns, 100).gradient();
    for (int t = 0; t < 60; t++) {
      double slope =
          (LOSS.value(moved(fresh, t, 1e-6), old, returns, 100).loss()
                  - LOSS.value(moved(fresh, t, -1e-6), old, returns, 100).loss())
              / 2e-6;
      assertThat(gradient[t]).isCloseTo(slope, within(1e-8));
    }
    assertThat(gradient).contains(0.0);
  }

  @Test
  void beyondTheClipRangeInTheRewardedDirectionTheLossIsFlat() {
    assertThat(policyGradient(0.3, 1)).isZero();
    assertThat(policyGradient(-0.3, -1)).isZero();
  }

  @Test
  void beyondTheClipRangeInTheHarmfulDirectionTheLossStillPulls() {
    assertThat(policyGradient(0.3, -1)).isCloseTo(Math.exp(0.3), within(1e-12));
    assertThat(policyGradient(-0.3, 1)).isCloseTo(-Math.exp(-0.3), within(1e-12));
  }

  @Test
  void atTheStartTheLossIsMinusTheMeanAdvantage() {
    double[] old = draws("old", 10);
    double[] advantages = draws("advantages", 10);
    LossTerm term = LOSS.policy(old, old, advantages, 10);
    double mean = Arrays.stream(advantages).average().orElseThrow();
    assertThat(term.loss()).isCloseTo(-mean, within(1e-12));
    RatioStats ratios = LOSS.ratios(old, old);
    assertThat(ratios).isEqualTo(new RatioStats(10, 0, 0, 0));
    assertThat(ratios.meanDistance()).isZero();
  }

  @Test
  void accumulatingRolloutByRolloutChangesNothing() {
    double[] old = draws("old", 10);
    double[] fresh = sum(old, scaled(draws("step", 10), 0.3));
    double[] advantages = draws("advantages", 10);
    double whole = LOSS.policy(fresh, old, advantages, 10).loss();
    double parts =
        LOSS.policy(part(fresh, 0, 3), part(old, 0, 3), part(advantages, 0, 3), 10).loss()
            + LOSS.policy(part(fresh, 3, 10), part(old, 3, 10), part(advantages, 3, 10), 10).loss();
    assertThat(parts).isCloseTo(whole, within(1e-12));
  }

  @Test
  void ratioStatsSayHowFarTheLargestWent() {
    RatioStats stats =
        LOSS.ratios(new double[] {Math.log(1.5), Math.log(0.9)}, new double[] {0, 0});
    assertThat(stats.clipShare()).isEqualTo(0.5);
    assertThat(stats.meanDistance()).isCloseTo(0.3, within(1e-12));
    assertThat(stats.largestDistance()).isCloseTo(0.5, within(1e-12));
    assertThat(RatioStats.NONE.clipShare()).isZero();
    assertThat(RatioStats.NONE.meanDistance()).isZero();
  }

  @Test
  void divergenceEstimatesNeverNegativeWhereTheyPromiseIt() {
    for (int i = 0; i < 1000; i++) {
      double policy = KEY.at("p").gaussian(i);
      double reference = KEY.at("r").gaussian(i);
      assertThat(KlEstimator.K2.ofToken(policy, reference)).isNotNegative();
      assertThat(KlEstimator.K3.ofToken(policy, reference)).isNotNegative();
      assertThat(KlEstimator.K1.ofToken(policy, reference))
          .isEqualTo(-KlEstimator.K1.ofToken(reference, policy));
    }
    // Far below rounding of exp(x) − 1 − x done naively.
    assertThat(KlEstimator.K3.ofToken(0, 1e-7)).isCloseTo(5e-15, within(1e-16));
  }

  /** Else the advice of a stopped run, adaptive control, would change next to nothing. */
  @Test
  void adaptiveControlHasAWholeRunToFindItsPrice() {
    assertThat(priceAfterARun("")).isBetween(0.3, 0.4);
    assertThat(priceAfterARun(", kl_horizon: 10000")).isBetween(0.05, 0.052);
  }

  /** In a trial run of an iteration or two the rule alone would make a price below 0. */
  @Test
  void ofAShortRunThePriceFallsByAFifthAtMost() {
    for (int iterations : new int[] {1, 2, 3, 5}) {
      PpoFormulas formulas = new PpoFormulas(adaptive(", iterations: " + iterations));
      assertThat(formulas.controller(0.05).after(0, 32).coefficient())
          .as(iterations + " iterations")
          .isCloseTo(0.04, within(1e-12));
      assertThat(formulas.controller(0.05).after(1e9, 32).coefficient())
          .isCloseTo(0.06, within(1e-12));
    }
  }

  private static double priceAfterARun(String more) {
    PpoSection settings = adaptive(", iterations: 20" + more);
    double coefficient = 0.05;
    for (int i = 0; i < 20; i++) {
      coefficient = new PpoFormulas(settings).controller(coefficient).after(100, 32).coefficient();
    }
    return coefficient;
  }

  private static PpoSection adaptive(String more) {
    return RecipeReader.parse(
            "name: x\nbase: m\ndata: {prompts: p}\nsft: {enabled: false}\n"
                + "ppo: {kl: adaptive, prompts_per_iteration: 32"
                + more
                + "}\n",
            "x",
            Path.of("/"),
            List.of())
        .ppo();
  }

  @Test
  void aFixedCoefficientStaysAndAnAdaptiveOneFollowsItsTarget() {
    assertThat(new KlController.Fixed(0.05).after(100, 16).coefficient()).isEqualTo(0.05);
    KlController adaptive = new KlController.Adaptive(0.1, 6, 1000);
    assertThat(adaptive.after(7, 16).coefficient()).isGreaterThan(0.1);
    assertThat(adaptive.after(5, 16).coefficient()).isLessThan(0.1);
    assertThat(adaptive.after(6, 16).coefficient()).isEqualTo(0.1);
  }

  @Test
  void aMissingEndReplacesOrCosts() {
    assertThat(new MissingEndPenalty.Replace(-1).apply(2, 0)).isEqualTo(2);
    assertThat(new MissingEndPenalty.Replace(-1).apply(2, 2)).isEqualTo(-1);
    assertThat(new MissingEndPenalty.Subtract(0.5).apply(2, 0)).isEqualTo(2);
    assertThat(new MissingEndPenalty.Subtract(0.5).apply(2, 3)).isEqualTo(0.5);
  }

  @Test
  void theGradientCannotBeChangedFromOutside() {
    LossTerm term = LOSS.policy(new double[1], new double[1], new double[] {1}, 1);
    term.gradient()[0] = 99;
    assertThat(term.gradient()).containsExactly(-1);
  }

  @Test
  void impossibleArgumentsAreNamed() {
    double[] two = new double[2];
    assertThatThrownBy(() -> LOSS.policy(two, new double[3], two, 2))
        .hasMessage("oldLogprobs has 3 numbers but there are 2 tokens");
    assertThatThrownBy(() -> LOSS.value(two, two, two, 1))
        .hasMessage("mini-batch has 1 tokens but this rollout alone has 2");
    assertThatThrownBy(() -> new PpoLoss(1, 0.2)).hasMessageContaining("clip range is 1.0");
    assertThatThrownBy(() -> new PpoLoss(0.2, 0)).hasMessageContaining("value clip range is 0.0");
    assertThatThrownBy(() -> new Gae(1.1, 0.5)).hasMessageContaining("gamma is 1.1");
    assertThatThrownBy(() -> new KlController.Fixed(-1))
        .hasMessage("KL coefficient is -1.0 but must be 0 or more");
    assertThatThrownBy(() -> new KlController.Adaptive(0.1, 0, 1))
        .hasMessageContaining("KL target is 0.0");
    assertThatThrownBy(() -> new MissingEndPenalty.Subtract(-1))
        .hasMessage("missing-end cost is -1.0 but must be 0 or more");
    assertThatThrownBy(() -> TokenRewards.of(two, two, 0.1, List.of(new PlacedScore(2, 1))))
        .hasMessage("score at token 2 but there are 2 tokens");
  }

  private static double policyGradient(double logRatio, double advantage) {
    return LOSS.policy(new double[] {logRatio}, new double[1], new double[] {advantage}, 1)
        .gradient()[0];
  }

  private static double[] draws(String name, int n) {
    return IntStream.range(0, n).mapToDouble(KEY.at(name)::gaussian).toArray();
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(x -> factor * x).toArray();
  }

  private static double[] sum(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }

  private static double[] moved(double[] values, int index, double by) {
    double[] copy = values.clone();
    copy[index] += by;
    return copy;
  }

  private static double[] part(double[] values, int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }
}
