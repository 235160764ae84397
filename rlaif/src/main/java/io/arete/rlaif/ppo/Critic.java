package io.arete.rlaif.ppo;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.engine.train.TrunkPass;
import java.util.Arrays;
import java.util.List;

/** The critic's side of an update. */
final class Critic {

  private final DecoderModel model;
  private final TrainedAdapter adapter;
  private final PpoLoss loss;
  private final double weight;

  /**
   * A critic.
   *
   * @param weight of its loss
   */
  Critic(DecoderModel model, TrainedAdapter adapter, PpoLoss loss, double weight) {
    this.model = model;
    this.adapter = adapter;
    this.loss = loss;
    this.weight = weight;
  }

  /** What reads the values. */
  ScalarHead head() {
    return adapter.adapter().head().orElseThrow();
  }

  /**
   * Collects the gradients of one mini-batch.
   *
   * @param passes the mini-batch
   * @param tokens its trained tokens
   * @return the loss, without its weight
   */
  double collect(Round round, List<TokenBatch> passes, long tokens) {
    double[] sum = {0};
    for (TokenBatch batch : passes) {
      try (Scope scope = Scope.open()) {
        TrunkPass pass = adapter.forward(batch);
        double[] old = batch.join(round.values());
        double[] returns = batch.join(round.returns());
        Readout readout =
            new ScalarReadout(model, head())
                .readAndDerive(
                    pass.hidden(),
                    batch.rows(),
                    (first, values) -> {
                      LossTerm term = loss.value(values, old, returns, tokens);
                      sum[0] += term.loss();
                      return Arrays.stream(term.gradient()).map(d -> weight * d).toArray();
                    });
        pass.backward(readout.hiddenGradient());
      }
    }
    return sum[0];
  }
}
