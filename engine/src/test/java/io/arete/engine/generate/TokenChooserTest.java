package io.arete.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens are drawn from the distribution that the settings name. */
class TokenChooserTest {

  private static final int DRAWS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "0.5, 1, 0",
    "2, 1, 0",
    "1, 1, 5",
    "1, 1, 1",
    "1, 0.9, 0",
    "1, 0.3, 0",
    "1, 1e-9, 0",
    "0.7, 0.8, 20",
    "1.5, 0.95, 1000",
    "1, 0.5, 3"
  })
  void frequenciesAreThoseOfANaiveDistribution(double temperature, double topP, int topK) {
    double[] logits = logits(40, 11);
    Sampling.Random sampling = new Sampling.Random(temperature, topP, topK);
    double[] expected = naive(logits, sampling);
    double[] counts = new double[logits.length];
    CountedRandom random = CountedRandom.of(17);
    double[] uniforms = new double[DRAWS];
    Arrays.setAll(uniforms, random::uniform);
    TokenChooser.Choice choice = choose(logits, uniforms, sampling);
    for (long id : choice.ids()) {
      counts[(int) id]++;
    }
    double chiSquare = 0;
    int freedom = -1;
    for (int id = 0; id < counts.length; id++) {
      if (expected[id] == 0) {
        assertThat(counts[id]).as("cut token %d", id).isZero();
      } else {
        double mean = DRAWS * expected[id];
        chiSquare += (counts[id] - mean) * (counts[id] - mean) / mean;
        freedom++;
      }
    }
    // Mean of the statistic plus five of its standard deviations.
    assertThat(chiSquare).isLessThanOrEqualTo(freedom + 5 * Math.sqrt(2.0 * freedom) + 1e-9);
  }

  @Test
  void logProbsAreThoseOfTheTemperedButUncutDistribution() {
    double[] logits = logits(40, 3);
    Sampling.Random sampling = new Sampling.Random(0.6, 0.5, 3);
    double[] uncut = naive(logits, new Sampling.Random(0.6, 1, 0));
    TokenChooser.Choice choice = choose(logits, new double[] {0.1, 0.5, 0.9}, sampling);
    for (int i = 0; i < 3; i++) {
      assertThat(choice.logProbs()[i])
          .isCloseTo(Math.log(uncut[(int) choice.ids()[i]]), within(1e-5));
    }
  }

  @Test
  void drawsAtBothEndsStayWithinTheTokensThatHaveMass() {
    double last = Math.nextDown(1.0);
    for (int seed = 0; seed < 60; seed++) {
      double[] logits = logits(1000, seed);
      // Tokens without any mass, at both ends.
      for (int id = 0; id < 100; id++) {
        logits[id] = -1e4;
        logits[999 - id] = -1e4;
      }
      double[] ends = {0, last, 1 - 0x1p-25, 1 - 0x1p-24};
      for (long id : choose(logits, ends, new Sampling.Random(1, 1, 0)).ids()) {
        assertThat(id).as("seed %d", seed).isBetween(100L, 899L);
      }
      for (long id : choose(logits, ends, new Sampling.Random(1, 0.999999, 950)).ids()) {
        assertThat(id).as("seed %d", seed).isBetween(100L, 899L);
      }
    }
  }

  private static TokenChooser.Choice choose(double[] logits, double[] uniforms, Sampling sampling) {
    float[] floats = new float[logits.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) logits[i];
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return new TokenChooser(sampling)
          .choose(
              Tensors.of(Device.CPU, floats, 1, floats.length)
                  .expand(uniforms.length, floats.length),
              uniforms,
              Device.CPU);
    }
  }

  private static double[] logits(int count, long seed) {
    CountedRandom random = CountedRandom.of(seed);
    return IntStream.range(0, count).mapToDouble(id -> 1.5 * random.gaussian(id)).toArray();
  }

  /** Temperature, then top-k, then top-p of what is left. */
  private static double[] naive(double[] logits, Sampling.Random sampling) {
    Integer[] order = IntStream.range(0, logits.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing((Integer id) -> -logits[id]));
    int kept = sampling.topK() > 0 ? Math.min(sampling.topK(), order.length) : order.length;
    double[] weights = new double[logits.length];
    double total = 0;
    for (int rank = 0; rank < kept; rank++) {
      weights[order[rank]] = Math.exp(logits[order[rank]] / sampling.temperature());
      total += weights[order[rank]];
    }
    double before = 0;
    double sum = 0;
    for (int rank = 0; rank < kept; rank++) {
      double share = weights[order[rank]] / total;
      weights[order[rank]] = before < sampling.topP() ? share : 0;
      sum += weights[order[rank]];
      before += share;
    }
    for (int id = 0; id < weights.length; id++) {
      weights[id] /= sum;
    }
    return weights;
  }
}
