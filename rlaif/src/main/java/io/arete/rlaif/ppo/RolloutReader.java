package io.arete.rlaif.ppo;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
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

  private final DecoderModel model;

  RolloutReader(DecoderModel model) {
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
  List<double[]> logprobs(List<TokenBatch> passes, Adapters adapters) {
    ChunkedLogProbs reader = new ChunkedLogProbs(model, 1);
    return read(
        passes, adapters, (hidden, batch) -> reader.read(hidden, batch.rows(), batch.targets()));
  }

  /** Values before each trained token, for each rollout {@code [tokens]}. */
  List<double[]> values(List<TokenBatch> passes, Adapters adapters, ScalarHead head) {
    ScalarReadout reader = new ScalarReadout(model, head);
    return read(passes, adapters, (hidden, batch) -> reader.read(hidden, batch.rows()));
  }

  private List<double[]> read(List<TokenBatch> passes, Adapters adapters, Reading reading) {
    double[][] round = new double[passes.stream().mapToInt(pass -> pass.members().size()).sum()][];
    for (TokenBatch pass : passes) {
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        pass.scatter(reading.of(model.read(pass.forest(), adapters), pass), round);
      }
    }
    return Arrays.asList(round);
  }
}
