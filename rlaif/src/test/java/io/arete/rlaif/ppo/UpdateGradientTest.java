package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.config.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateGradientTest {

  private static final int ONE_PASS = 4096;
  private static final int SMALL_PASS = 50;
  private static final PpoLoss LOSS = new PpoLoss(0.2, 0.2);

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

  /** Policy and critic a little away from where they drew the round, so that nothing is 0. */
  private static Round movedRound(PpoModels models, Recipe recipe) {
    Round round = tiny.round(models, recipe, PpoFixture.planted());
    nudge(models.policy().trainee().parameters(), 0.01);
    models.critic().ifPresent(critic -> nudge(critic.trainee().parameters(), 0.02));
    return round;
  }

  private static void nudge(FlatParameters parameters, double sd) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor values = parameters.values();
      values.addInPlace(Tensors.normal(Device.CPU, 6, sd, values.elements()));
    }
  }

  private static float[] gradients(FlatParameters parameters) {
    try (Scope scope = Scope.open()) {
      float[] copy = parameters.gradients().toFloats();
      parameters.gradients().zeroInPlace();
      return copy;
    }
  }

  private static List<TokenBatch> passes(Round round, int tokens) {
    return TokenBatch.split(round.rollouts(), PpoFixture.all(round.rollouts()), tokens, 1);
  }

  private static List<double[]> logprobs(PpoModels models, List<TokenBatch> passes) {
    try (StackedModel policy = models.policy().trainee().frozen()) {
      return new RolloutReader(policy).logprobs(passes);
    }
  }

  private static long tokens(Round round) {
    return round.tokens(PpoFixture.all(round.rollouts()));
  }

  private static double lossAt(
      FlatParameters parameters, int index, double step, DoubleSupplier l) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor one = parameters.values().narrow(0, index, 1);
      one.addInPlace(Tensors.of(Device.CPU, new float[] {(float) step}, 1));
      double loss = l.getAsDouble();
      one.addInPlace(Tensors.of(Device.CPU, new float[] {(float) -step}, 1));
      return loss;
    }
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.abs(values[i]) > Math.abs(values[largest]) ? i : largest;
    }
    return largest;
  }

  private static void assertIsSlope(
      FlatParameters parameters, float[] gradients, DoubleSupplier loss) {
    int index = largest(gradients);
    double step = 2e-3;
    double slope =
        (lossAt(parameters, index, step, loss) - lossAt(parameters, index, -step, loss))
            / (2 * step);
    assertThat(Math.abs(slope)).isGreaterThan(1e-3);
    assertThat((double) gradients[index]).isCloseTo(slope, within(0.03 * Math.abs(slope)));
  }

  @ParameterizedTest
  @CsvSource({"tuning=lora, ppo", "tuning=full, ppo", "tuning=lora, grpo", "tuning=lora, rloo"})
  void thePolicysGradientIsTheSlopeOfItsLoss(String tuning, String algorithm) {
    String learning = "ppo.algorithm=" + algorithm;
    Recipe recipe = tiny.recipe("ppo.train_turns=all", learning);
    try (PpoModels models = tiny.models(tuning, learning)) {
      Round round = movedRound(models, recipe);
      List<TokenBatch> passes = passes(round, ONE_PASS);
      Policy policy = new Policy(models.policy().trainee(), LOSS);
      Policy.Outcome outcome = policy.collect(round, passes, tokens(round), Optional.empty());
      FlatParameters parameters = models.policy().trainee().parameters();
      float[] gradients = gradients(parameters);

      DoubleSupplier loss =
          () -> {
            List<double[]> now = logprobs(models, passes);
            double sum = 0;
            for (int i = 0; i < now.size(); i++) {
              sum +=
                  LOSS.policy(
                          now.get(i),
                          round.policyLogprobs().get(i),
                          round.advantages().get(i),
                          tokens(round))
                      .loss();
              sum +=
                  round
                      .penalty()
                      .of(now.get(i), round.referenceLogprobs().get(i), tokens(round))
                      .loss();
            }
            return sum;
          };
      assertThat(outcome.loss()).isCloseTo(loss.getAsDouble(), within(1e-6));
      assertIsSlope(parameters, gradients, loss);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tuning=lora", "tuning=full"})
  void theCriticsGradientIsTheSlopeOfItsWeightedLoss(String tuning) {
    Recipe recipe = tiny.recipe();
    try (PpoModels models = tiny.models(tuning)) {
      Round round = movedRound(models, recipe);
      List<TokenBatch> passes = passes(round, ONE_PASS);
      Critic critic = new Critic(models.critic().orElseThrow(), LOSS, 0.5);
      double reported = critic.collect(round.critic().orElseThrow(), passes, tokens(round));
      FlatParameters parameters = models.critic().orElseThrow().trainee().parameters();
      float[] gradients = gradients(parameters);

      DoubleSupplier loss =
          () -> {
            List<double[]> now = PpoFixture.values(models.critic().orElseThrow().trainee(), passes);
            double sum = 0;
            for (int i = 0; i < now.size(); i++) {
              sum +=
                  LOSS.value(
                          now.get(i),
                          round.critic().orElseThrow().values().get(i),
                          round.critic().orElseThrow().returns().get(i),
                          tokens(round))
                      .loss();
            }
            return 0.5 * sum;
          };
      assertThat(0.5 * reported).isCloseTo(loss.getAsDouble(), within(1e-6));
      assertIsSlope(parameters, gradients, loss);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tuning=lora", "tuning=full"})
  void howARoundIsCutIntoPassesChangesNoGradient(String tuning) {
    Recipe recipe = tiny.recipe("ppo.train_turns=all");
    try (PpoModels models = tiny.models(tuning)) {
      Round round = movedRound(models, recipe);
      assertThat(passes(round, ONE_PASS)).hasSize(1);
      assertThat(passes(round, SMALL_PASS)).hasSizeGreaterThan(3);
      Policy policy = new Policy(models.policy().trainee(), LOSS);
      Critic critic = new Critic(models.critic().orElseThrow(), LOSS, 0.5);
      float[][] found = new float[4][];
      int next = 0;
      for (int size : new int[] {ONE_PASS, SMALL_PASS}) {
        policy.collect(round, passes(round, size), tokens(round), Optional.empty());
        found[next] = gradients(models.policy().trainee().parameters());
        critic.collect(round.critic().orElseThrow(), passes(round, size), tokens(round));
        found[next + 1] = gradients(models.critic().orElseThrow().trainee().parameters());
        next += 2;
      }
      assertThat(found[2]).containsExactly(found[0], within(1e-5f));
      assertThat(found[3]).containsExactly(found[1], within(1e-5f));
    }
  }
}
