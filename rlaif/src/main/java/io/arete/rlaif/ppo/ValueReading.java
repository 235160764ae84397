package io.arete.rlaif.ppo;

import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.ppo.formula.LossTerm;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import java.util.Arrays;

/**
 * What a value head says of a pass, and the derivatives of its weighted loss.
 *
 * @param loss clipped
 * @param weight of the value loss
 */
record ValueReading(PpoLoss loss, double weight) {

  /**
   * Reads a pass with the learner's first head.
   *
   * @param hidden {@code [tokens, hidden]}
   * @param tokens trained tokens of the mini-batch
   * @return the pass's part of the loss, without its weight; the gradient has the weight
   */
  Learned<Double> of(
      Learner learner, Tensor hidden, CriticTargets targets, TokenBatch batch, long tokens) {
    double[] old = batch.join(targets.values());
    double[] returns = batch.join(targets.returns());
    double[] sum = {0};
    Readout readout =
        new ScalarReadout(learner.model(), learner.heads().get(0))
            .readAndDerive(
                hidden,
                batch.rows(),
                (first, values) -> {
                  LossTerm term = loss.value(values, old, returns, tokens);
                  sum[0] += term.loss();
                  return Arrays.stream(term.gradient()).map(d -> weight * d).toArray();
                });
    return new Learned<>(sum[0], readout.hiddenGradient());
  }
}
