package io.arete.rlaif.ppo;

import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.training.LearningPass;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.Trainee;
import java.util.Arrays;
import java.util.List;

/** The critic's side of an update. */
final class Critic {

  private final Trainee trainee;
  private final PpoLoss loss;
  private final double weight;

  /**
   * A critic.
   *
   * @param trainee with one head
   * @param weight of its loss
   */
  Critic(Trainee trainee, PpoLoss loss, double weight) {
    this.trainee = trainee;
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
  double collect(Round round, List<TokenBatch> passes, long tokens) {
    return trainee
        .learn(passes.stream().map(batch -> learning(round, batch, tokens)).toList())
        .stream()
        .reduce(0.0, Double::sum);
  }

  private LearningPass<Double> learning(Round round, TokenBatch batch, long tokens) {
    double[] old = batch.join(round.values());
    double[] returns = batch.join(round.returns());
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
