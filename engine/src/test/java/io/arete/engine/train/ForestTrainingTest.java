package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sharing prefixes and accumulating passes save work; they must not change what is learnt. */
class ForestTrainingTest {

  private static final double TOLERANCE = 1e-4;

  private static final Map<String, Base> BASES = new HashMap<>();

  /** A model with an adapter that is not trained. */
  private record Base(DecoderModel model, Adapter below, FrozenStack frozen)
      implements AutoCloseable {

    static Base of(String family) {
      return BASES.computeIfAbsent(family, Base::load);
    }

    private static Base load(String family) {
      DecoderModel model = TinyModels.of(family);
      Adapter below = TinyModels.adapter(model, false, 90);
      return new Base(
          model, below, new FrozenStack(List.of(below), model.config().layers(), Dtype.FLOAT32));
    }

    @Override
    public void close() {
      frozen.close();
      below.close();
      model.close();
    }
  }

  @AfterAll
  static void close() {
    BASES.values().forEach(Base::close);
    BASES.clear();
  }

  /** The larger ones exceed what attends as one block, so that keys of ancestors are used. */
  @ParameterizedTest
  @CsvSource({
    "llama, 1, 6, 20",
    "llama, 2, 12, 40",
    "llama, 3, 3, 128",
    "llama, 4, 24, 120",
    "llama, 5, 40, 60",
    "mistral, 6, 12, 40",
    "mistral, 7, 16, 120",
    "qwen2, 8, 12, 40",
    "qwen3, 9, 12, 40",
    "gpt2, 10, 12, 40",
    "gpt2, 11, 16, 120",
    "gpt_neox, 12, 12, 40"
  })
  void aForestGivesTheValuesAndGradientsOfItsSequencesOneByOne(
      String family, long seed, int count, int longest) {
    CountedRandom random = CountedRandom.of(seed);
    List<int[]> sequences = TinyModels.sequences(random, count, longest);
    Result together = train(Base.of(family), sequences, How.together(sequences));
    Result alone = train(Base.of(family), sequences, How.together(sequences).perPass(1));
    assertSame(together, alone);
  }

  @Test
  void eightPassesOfOnePairAreOnePassOfEight() {
    List<int[]> sequences = TinyModels.sequences(CountedRandom.of(6), 16, 30);
    Base base = Base.of("llama");
    How pairs = How.together(sequences).inPairs();
    assertSame(train(base, sequences, pairs), train(base, sequences, pairs.perPass(2)));
  }

  @ParameterizedTest
  @CsvSource({"7, 12, 40, 2", "8, 40, 60, 3"})
  void severalThreadsLearnWhatOneLearnsAndTwiceTheSame(
      long seed, int count, int longest, int threads) {
    List<int[]> sequences = TinyModels.sequences(CountedRandom.of(seed), count, longest);
    // A beginning that all have in common stands in the parts of all threads.
    List<int[]> joined =
        sequences.stream()
            .map(one -> IntStream.concat(IntStream.of(1, 2, 3), Arrays.stream(one)).toArray())
            .toList();
    Base base = Base.of("llama");
    List<Result> found = new ArrayList<>();
    TinyModels.withThreads(
        threads,
        () -> {
          found.add(train(base, joined, How.together(joined)));
          found.add(train(base, joined, How.together(joined)));
        });
    assertSame(found.get(0), train(base, joined, How.together(joined)));
    assertThat(found.get(1).gradients).containsExactly(found.get(0).gradients);
    assertThat(found.get(1).values).containsExactly(found.get(0).values);
  }

  @ParameterizedTest
  @CsvSource({
    "llama, 12, 1, 0",
    "llama, 12, 2, 0.3",
    "llama, 40, 2, 0",
    "mistral, 12, 1, 0.3",
    "gpt2, 12, 2, 0.3",
    "gpt_neox, 12, 2, 0"
  })
  void computingEachBlockAgainChangesNoBit(String family, int count, int threads, double dropout) {
    List<int[]> sequences = TinyModels.sequences(CountedRandom.of(count), count, 60);
    How recorded = new How(count, false, dropout, Backpropagation.RECORDED);
    TinyModels.withThreads(
        threads,
        () -> {
          Result kept = train(Base.of(family), sequences, recorded);
          Result again = train(Base.of(family), sequences, recorded.blockwise());
          assertThat(again.values).containsExactly(kept.values);
          assertThat(again.gradients).containsExactly(kept.gradients);
        });
  }

  private static void assertSame(Result found, Result expected) {
    for (int i = 0; i < expected.values.length; i++) {
      assertThat(found.values[i])
          .as("value %d", i)
          .isCloseTo(expected.values[i], within(TOLERANCE));
    }
    assertThat(GoldenTensors.distance(found.gradients, expected.gradients)).isLessThan(TOLERANCE);
    assertThat(GoldenTensors.distance(new float[expected.gradients.length], expected.gradients))
        .as("largest gradient")
        .isGreaterThan(1e-2);
  }

  /** How sequences are learnt. */
  private record How(int perPass, boolean pairs, double dropout, Backpropagation backpropagation) {

    static How together(List<int[]> sequences) {
      return new How(sequences.size(), false, 0, Backpropagation.RECORDED);
    }

    How perPass(int other) {
      return new How(other, pairs, dropout, backpropagation);
    }

    How inPairs() {
      return new How(perPass, true, dropout, backpropagation);
    }

    How blockwise() {
      return new How(perPass, pairs, dropout, Backpropagation.BLOCKWISE);
    }
  }

  private record Result(double[] values, float[] gradients) {}

  /** Log-probabilities of all tokens and scores of all ends, with derivatives keyed by sequence. */
  private static Result train(Base base, List<int[]> sequences, How how) {
    try (Adapter adapter =
            TinyModels.adapter(
                base.model(), TinyModels.everywhere(base.model(), 4, 8, how.dropout), true, 91);
        Scope scope = Scope.open()) {
      adapter.parameters().train();
      Adapters live =
          new AdapterStack(List.of(base.below(), adapter))
              .training(base.frozen(), how.dropout > 0 ? CountedRandom.of(5) : null);
      double[] values = new double[0];
      for (int from = 0; from < sequences.size(); from += how.perPass) {
        List<int[]> part = sequences.subList(from, Math.min(sequences.size(), from + how.perPass));
        double[] read = pass(base.model(), part, from, sequences.size(), how, adapter, live);
        int before = values.length;
        values = Arrays.copyOf(values, before + read.length);
        System.arraycopy(read, 0, values, before, read.length);
      }
      return new Result(values, adapter.parameters().gradients().toFloats());
    }
  }

  /** Per sequence: its score, then the log-probability of each token after the first. */
  private static double[] pass(
      DecoderModel model,
      List<int[]> sequences,
      int firstSequence,
      int all,
      How how,
      Adapter adapter,
      Adapters live) {
    try (Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] owners = owners(sequences);
      int[] rows = new int[owners.length];
      int[] targets = new int[owners.length];
      for (int i = 0, at = 0; i < sequences.size(); i++) {
        for (int position = 1; position < sequences.get(i).length; position++, at++) {
          rows[at] = forest.index(i, position - 1);
          targets[at] = sequences.get(i)[position];
        }
      }
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      TrunkPass pass = TrunkPass.forward(model, forest, live, how.backpropagation);
      Readout logProbs =
          new ChunkedLogProbs(model, 0.7)
              .readAndDerive(
                  pass.hidden(),
                  rows,
                  targets,
                  (first, values) -> derivatives(owners, first, values, firstSequence, all));
      Readout scores =
          new ScalarReadout(model, adapter.head().orElseThrow())
              .readAndDerive(
                  pass.hidden(), ends, (first, values) -> pairDerivatives(values, how.pairs, all));
      pass.backward(logProbs.hiddenGradient().add(scores.hiddenGradient()));
      return inOrder(sequences, scores.values(), logProbs.values());
    }
  }

  private static int[] owners(List<int[]> sequences) {
    int tokens = sequences.stream().mapToInt(sequence -> sequence.length - 1).sum();
    int[] owners = new int[tokens];
    for (int i = 0, at = 0; i < sequences.size(); i++) {
      for (int position = 1; position < sequences.get(i).length; position++, at++) {
        owners[at] = i;
      }
    }
    return owners;
  }

  /** Of a loss that weighs each sequence differently, so that a swap would show. */
  private static double[] derivatives(
      int[] owners, int first, double[] values, int firstSequence, int all) {
    double[] derivatives = new double[values.length];
    for (int i = 0; i < derivatives.length; i++) {
      derivatives[i] = (values[i] - 1 - firstSequence - owners[first + i]) / (20.0 * all);
    }
    return derivatives;
  }

  /** Of −log σ(even − odd) for pairs of neighbours; of −log σ(score) for one alone. */
  private static double[] pairDerivatives(double[] scores, boolean pairs, int all) {
    double[] derivatives = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      boolean loser = pairs && i % 2 == 1;
      double other = pairs ? scores[i ^ 1] : 0;
      double difference = loser ? other - scores[i] : scores[i] - other;
      double derivative = (1 / (1 + Math.exp(-difference)) - 1) / all;
      derivatives[i] = loser ? -derivative : derivative;
    }
    return derivatives;
  }

  private static double[] inOrder(List<int[]> sequences, double[] scores, double[] logProbs) {
    double[] values = new double[scores.length + logProbs.length];
    int to = 0;
    int from = 0;
    for (int i = 0; i < scores.length; i++) {
      values[to++] = scores[i];
      int tokens = sequences.get(i).length - 1;
      System.arraycopy(logProbs, from, values, to, tokens);
      from += tokens;
      to += tokens;
    }
    return values;
  }
}
