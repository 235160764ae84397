package io.arete.rlaif.ppo;

import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.training.LearningPass;
import io.arete.rlaif.training.LearningPass.Learned;
import java.util.Arrays;
import java.util.List;

/** The critic's side of an update. */
final class Critic {

  private final Optimized model;
  private final PpoLoss loss;
  private final double weight;

  /**
   * A critic.
   *
   * @param model with one head
   * @param weight of its loss
   */
  Critic(Optimized model, PpoLoss loss, double weight) {
    this.model = model;
    this.loss = loss;
    this.weight = weight;
  }

  /**
   * Collects the gradients of one mini-batch.
   *
   * @param passes the mini-batch
   * @param tokens its trained tokens
   * @return the loss, without its weight
   */
  double collect(CriticTargets targets, List<TokenBatch> passes, long tokens) {
    return model
        .trainee()
        .learn(passes.stream().map(batch -> learning(targets, batch, tokens)).toList())
        .stream()
        .reduce(0.0, Double::sum);
  }

  /**
   * One step down the collected gradients.
   *
   * @return the gradient's norm before the clip
   */
  double step(double learningRate, double gradientClip) {
    return model.step(learningRate, gradientClip);
  }

  private LearningPass<Double> learning(CriticTargets targets, TokenBatch batch, long tokens) {
    double[] old = batch.join(targets.values());
    double[] returns = batch.join(targets.returns());
    return LearningPass.of(
        batch.forest(),
        (learner, hidden) -> {
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
        });
  }
}
