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
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.training.Trainee;
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
  private static final ValueReading VALUES = new ValueReading(LOSS, 0.5);

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
      Policy policy = new Policy(models.policy().trainee(), LOSS, VALUES);
      Policy.Outcome outcome = policy.collect(round, passes, tokens(round), Optional.empty());
      FlatParameters parameters = models.policy().trainee().parameters();
      float[] gradients = gradients(parameters);

      DoubleSupplier loss = () -> policyLoss(models, round);
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
      Critic critic = new Critic(models.critic().orElseThrow(), VALUES);
      double reported = critic.collect(round.critic().orElseThrow(), passes, tokens(round));
      FlatParameters parameters = models.critic().orElseThrow().trainee().parameters();
      float[] gradients = gradients(parameters);

      DoubleSupplier loss = () -> 0.5 * valueLoss(models.critic().orElseThrow().trainee(), round);
      assertThat(0.5 * reported).isCloseTo(loss.getAsDouble(), within(1e-6));
      assertIsSlope(parameters, gradients, loss);
    }
  }

  /** One backward pass for both must be the slope of policy loss + weight · value loss. */
  @ParameterizedTest
  @ValueSource(strings = {"tuning=lora", "tuning=full"})
  void aSharedCriticsGradientIsTheSlopeOfTheJointLoss(String tuning) {
    String shared = "ppo.critic=shared";
    Recipe recipe = tiny.recipe("ppo.train_turns=all", shared);
    try (PpoModels models = tiny.models(tuning, shared)) {
      assertThat(models.critic()).isEmpty();
      Trainee trainee = models.policy().trainee();
      Round round = movedRound(models, recipe);
      List<TokenBatch> passes = passes(round, ONE_PASS);
      Policy policy = new Policy(trainee, LOSS, VALUES);
      Policy.Outcome outcome = policy.collect(round, passes, tokens(round), Optional.empty());
      float[] gradients = gradients(trainee.parameters());

      DoubleSupplier loss = () -> policyLoss(models, round) + 0.5 * valueLoss(trainee, round);
      assertThat(outcome.loss() + 0.5 * outcome.valueLoss().orElseThrow())
          .isCloseTo(loss.getAsDouble(), within(1e-6));
      assertIsSlope(trainee.parameters(), gradients, loss);
    }
  }

  /** With no advantages only values are learned, with no weight only the policy: parts of a sum. */
  @ParameterizedTest
  @ValueSource(strings = {"tuning=lora", "tuning=full"})
  void aSharedCriticsGradientIsTheSumOfItsParts(String tuning) {
    String shared = "ppo.critic=shared";
    try (PpoModels models = tiny.models(tuning, shared)) {
      Trainee trainee = models.policy().trainee();
      Round round = movedRound(models, tiny.recipe(shared));
      Round idle =
          new Round(
              round.rollouts(),
              round.policyLogprobs(),
              round.referenceLogprobs(),
              round.critic(),
              round.advantages().stream().map(row -> new double[row.length]).toList(),
              round.unwhitened(),
              round.penalty());
      float[] joint = collected(trainee, round, VALUES);
      float[] policyAlone = collected(trainee, round, new ValueReading(LOSS, 0));
      float[] valuesAlone = collected(trainee, idle, VALUES);
      float[] inPasses = gradientsOf(trainee, round, VALUES, SMALL_PASS);

      float[] sum = new float[joint.length];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = policyAlone[i] + valuesAlone[i];
      }
      assertThat(Math.abs(policyAlone[largest(policyAlone)])).isGreaterThan(1e-3f);
      assertThat(Math.abs(valuesAlone[largest(valuesAlone)])).isGreaterThan(1e-3f);
      assertThat(joint).containsExactly(sum, within(1e-5f));
      assertThat(inPasses).containsExactly(joint, within(1e-5f));
    }
  }

  private static float[] collected(Trainee trainee, Round round, ValueReading values) {
    return gradientsOf(trainee, round, values, ONE_PASS);
  }

  private static float[] gradientsOf(
      Trainee trainee, Round round, ValueReading values, int tokensPerPass) {
    new Policy(trainee, LOSS, values)
        .collect(round, passes(round, tokensPerPass), tokens(round), Optional.empty());
    return gradients(trainee.parameters());
  }

  private static double policyLoss(PpoModels models, Round round) {
    List<double[]> now = logprobs(models, passes(round, ONE_PASS));
    double sum = 0;
    for (int i = 0; i < now.size(); i++) {
      sum +=
          LOSS.policy(
                  now.get(i),
                  round.policyLogprobs().get(i),
                  round.advantages().get(i),
                  tokens(round))
              .loss();
      sum += round.penalty().of(now.get(i), round.referenceLogprobs().get(i), tokens(round)).loss();
    }
    return sum;
  }

  private static double valueLoss(Trainee valued, Round round) {
    List<double[]> now = PpoFixture.values(valued, passes(round, ONE_PASS));
    CriticTargets targets = round.critic().orElseThrow();
    double sum = 0;
    for (int i = 0; i < now.size(); i++) {
      sum +=
          LOSS.value(now.get(i), targets.values().get(i), targets.returns().get(i), tokens(round))
              .loss();
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tuning=lora", "tuning=full"})
  void howARoundIsCutIntoPassesChangesNoGradient(String tuning) {
    Recipe recipe = tiny.recipe("ppo.train_turns=all");
    try (PpoModels models = tiny.models(tuning)) {
      Round round = movedRound(models, recipe);
      assertThat(passes(round, ONE_PASS)).hasSize(1);
      assertThat(passes(round, SMALL_PASS)).hasSizeGreaterThan(3);
      Policy policy = new Policy(models.policy().trainee(), LOSS, VALUES);
      Critic critic = new Critic(models.critic().orElseThrow(), VALUES);
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
