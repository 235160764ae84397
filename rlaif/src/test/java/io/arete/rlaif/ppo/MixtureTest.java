package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Scope;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.sft.OrdinaryReplies;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.Trainee;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary replies that did not reach the step, or reached it unweighted, would teach nothing. */
class MixtureTest {

  private static final int ALL_TALKS = 3;
  private static final String TALKS = "sft.conversations=talks.jsonl";

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

  private static Mixture mixture(double coefficient, int batchSize, int tokensPerPass) {
    try (PpoFixture.Opened opened = tiny.open("mixture", StageListener.SILENT, TALKS)) {
      return new Mixture(
          OrdinaryReplies.of(opened.context()),
          new PpoSection.Ptx(coefficient, batchSize),
          tokensPerPass,
          CountedRandom.of(8));
    }
  }

  private static float[] gradients(Trainee trainee) {
    FlatParameters parameters = trainee.parameters();
    try (Scope scope = Scope.open()) {
      float[] copy = parameters.gradients().toFloats();
      parameters.gradients().zeroInPlace();
      return copy;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tuning=lora", "tuning=full"})
  void theStepsGradientIsTheSumOfBoth(String tuning) {
    Recipe recipe = tiny.recipe();
    Mixture mixture = mixture(0.5, ALL_TALKS, 4096);
    try (PpoModels models = tiny.models(tuning)) {
      Round round = tiny.round(models, recipe, PpoFixture.planted());
      List<Integer> all = PpoFixture.all(round.rollouts());
      List<TokenBatch> passes = TokenBatch.split(round.rollouts(), all, 4096, 1);
      Trainee trainee = models.policy().trainee();
      PpoLoss loss = new PpoLoss(0.2, 0.2);
      Policy policy = new Policy(trainee, loss, new ValueReading(loss, 0.5));

      policy.collect(round, passes, round.tokens(all), Optional.empty());
      float[] rollouts = gradients(trainee);
      mixture.collect(trainee, 0);
      float[] ordinary = gradients(trainee);
      policy.collect(round, passes, round.tokens(all), Optional.empty());
      mixture.collect(trainee, 0);
      float[] both = gradients(trainee);

      float[] sum = new float[both.length];
      double ofOrdinary = 0;
      for (int i = 0; i < sum.length; i++) {
        sum[i] = rollouts[i] + ordinary[i];
        ofOrdinary += Math.abs(ordinary[i]);
      }
      assertThat(ofOrdinary).isPositive();
      assertThat(both).containsExactly(sum, within(1e-6f));
    }
  }

  @Test
  void theCoefficientWeighsTheGradientAndNotTheReportedLoss() {
    try (PpoModels models = tiny.models()) {
      Trainee trainee = models.policy().trainee();
      double loss = mixture(1, ALL_TALKS, 4096).collect(trainee, 0);
      float[] whole = gradients(trainee);
      double weighted = mixture(0.25, ALL_TALKS, 4096).collect(trainee, 0);
      float[] quarter = gradients(trainee);
      double cut = mixture(1, ALL_TALKS, 20).collect(trainee, 0);
      float[] inPasses = gradients(trainee);

      // Random weights know nothing: about the logarithm of the vocabulary's size.
      assertThat(loss).isBetween(1.0, 12.0);
      assertThat(weighted).isCloseTo(loss, within(1e-6));
      assertThat(cut).isCloseTo(loss, within(1e-6));
      float[] expected = new float[whole.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = whole[i] / 4;
      }
      assertThat(quarter).containsExactly(expected, within(1e-6f));
      assertThat(inPasses).containsExactly(whole, within(1e-5f));
    }
  }

  @Test
  void stepsGoThroughAllRepliesBeforeOneComesAgain() {
    Mixture mixture = mixture(1, 1, 4096);
    try (PpoModels models = tiny.models()) {
      Trainee trainee = models.policy().trainee();
      List<Double> losses =
          List.of(0L, 1L, 2L, 3L, 4L, 5L).stream()
              .map(step -> mixture.collect(trainee, step))
              .toList();
      assertThat(losses.subList(0, ALL_TALKS)).doesNotHaveDuplicates();
      assertThat(losses.subList(ALL_TALKS, 2 * ALL_TALKS))
          .containsExactlyInAnyOrderElementsOf(losses.subList(0, ALL_TALKS));
    }
  }
}
