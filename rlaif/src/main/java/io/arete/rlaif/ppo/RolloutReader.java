package io.arete.rlaif.ppo;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.ScalarReadout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads numbers of a round's trained tokens in forward passes that learn nothing. */
final class RolloutReader {

  private final StackedModel model;

  /** Of a model, which is borrowed. */
  RolloutReader(StackedModel model) {
    this.model = model;
  }

  /** Takes numbers from hidden states. */
  private interface Reading {

    /** One number for each trained token of the batch. */
    double[] of(Tensor hidden, TokenBatch batch);
  }

  /**
   * Log-probabilities of the trained tokens, for each rollout {@code [tokens]}.
   *
   * @param passes all rollouts of the round
   */
  List<double[]> logprobs(List<TokenBatch> passes) {
    ChunkedLogProbs reader = new ChunkedLogProbs(model.decoder(), 1);
    return read(passes, (hidden, batch) -> reader.read(hidden, batch.rows(), batch.targets()));
  }

  /**
   * Both numbers of one pass.
   *
   * @param logprobs as {@link #logprobs} reads them
   * @param values as {@link #values} reads them, with a head
   */
  record Said(List<double[]> logprobs, Optional<List<double[]>> values) {}

  /** Log-probabilities, and values with the head if there is one, in the same passes. */
  Said both(List<TokenBatch> passes, Optional<ScalarHead> head) {
    if (head.isEmpty()) {
      return new Said(logprobs(passes), Optional.empty());
    }
    ChunkedLogProbs reader = new ChunkedLogProbs(model.decoder(), 1);
    ScalarReadout valued = new ScalarReadout(model.decoder(), head.get());
    double[][] values = round(passes);
    List<double[]> logprobs =
        read(
            passes,
            (hidden, batch) -> {
              batch.scatter(valued.read(hidden, batch.rows()), values);
              return reader.read(hidden, batch.rows(), batch.targets());
            });
    return new Said(logprobs, Optional.of(Arrays.asList(values)));
  }

  /** Values before each trained token, for each rollout {@code [tokens]}. */
  List<double[]> values(List<TokenBatch> passes, ScalarHead head) {
    ScalarReadout reader = new ScalarReadout(model.decoder(), head);
    return read(passes, (hidden, batch) -> reader.read(hidden, batch.rows()));
  }

  private List<double[]> read(List<TokenBatch> passes, Reading reading) {
    double[][] round = round(passes);
    for (TokenBatch pass : passes) {
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        pass.scatter(reading.of(model.read(pass.forest()), pass), round);
      }
    }
    return Arrays.asList(round);
  }

  private static double[][] round(List<TokenBatch> passes) {
    return new double[passes.stream().mapToInt(pass -> pass.members().size()).sum()][];
  }
}
