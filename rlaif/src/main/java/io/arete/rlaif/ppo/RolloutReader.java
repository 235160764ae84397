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

  /** Values before each trained token, for each rollout {@code [tokens]}. */
  List<double[]> values(List<TokenBatch> passes, ScalarHead head) {
    ScalarReadout reader = new ScalarReadout(model.decoder(), head);
    return read(passes, (hidden, batch) -> reader.read(hidden, batch.rows()));
  }

  private List<double[]> read(List<TokenBatch> passes, Reading reading) {
    double[][] round = new double[passes.stream().mapToInt(pass -> pass.members().size()).sum()][];
    for (TokenBatch pass : passes) {
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        pass.scatter(reading.of(model.read(pass.forest()), pass), round);
      }
    }
    return Arrays.asList(round);
  }
}
