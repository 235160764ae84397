package io.arete.rlaif.ppo;

import io.arete.rlaif.training.LearningPass;
import java.util.List;

/** The side of an update that a critic on its own trunk has. */
final class Critic {

  private final Optimized model;
  private final ValueReading reading;

  /**
   * A critic.
   *
   * @param model with one head
   */
  Critic(Optimized model, ValueReading reading) {
    this.model = model;
    this.reading = reading;
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
    return LearningPass.of(
        batch.forest(), (learner, hidden) -> reading.of(learner, hidden, targets, batch, tokens));
  }
}
