package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.tensor.NoGrad;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.reward.NormalizationFile;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.training.Foundation;
import io.arete.rlaif.training.Trainee;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reference, policy and perhaps a critic: the reference is the SFT model (or the plain base), and
 * the others begin as the reference. A critic that shares the policy's trunk is the policy's head.
 */
final class PpoModels implements AutoCloseable {

  private final Foundation foundation;
  private final Optimized policy;
  private final Optional<Optimized> critic;

  private PpoModels(Foundation foundation, Optimized policy, Optional<Optimized> critic) {
    this.foundation = foundation;
    this.policy = policy;
    this.critic = critic;
  }

  /**
   * Policy and critic at their start: the policy is the reference; every value is 0, or that of a
   * reward model.
   *
   * @param draws key of first weights
   */
  static PpoModels open(StageContext context, CountedRandom draws) {
    PpoSection settings = context.recipe().ppo();
    int tokens = settings.update().tokensPerPass();
    Foundation foundation = Foundation.tuned(context);
    int heads = settings.sharedCritic() ? 1 : 0;
    // Without dropout, as all of PPO's keys are: it compares log-probabilities of several passes.
    return new PpoModels(
        foundation,
        new Optimized(
            foundation.trainee(settings.lora(), heads, draws.at("policy").bits(0), tokens)),
        settings.ownCritic()
            ? Optional.of(new Optimized(critic(context, foundation, draws.at("critic"))))
            : Optional.empty());
  }

  private static Trainee critic(StageContext context, Foundation foundation, CountedRandom draws) {
    PpoSection settings = context.recipe().ppo();
    int tokens = settings.update().tokensPerPass();
    Optional<Facet> facet = settings.criticStart().facet();
    if (facet.isEmpty()) {
      return foundation.trainee(settings.criticLora(), 1, draws.bits(0), tokens);
    }
    Path folder = context.folder().reward(facet.get());
    Trainee critic = foundation.written(folder, settings.criticLora(), tokens);
    // Rewards are in units of the score's sd, and so shall values be.
    try (NoGrad still = NoGrad.open()) {
      critic.heads().get(0).weight().mulInPlace(1 / NormalizationFile.read(folder).sd());
    }
    return critic;
  }

  /** The reference. */
  StackedModel reference() {
    return foundation.frozen();
  }

  /** The policy. */
  Optimized policy() {
    return policy;
  }

  /** The critic, which has a head, where there is one beside the policy. */
  Optional<Optimized> critic() {
    return critic;
  }

  /** What values are read with and learned by, a trainee with a head, where there is a critic. */
  Optional<Trainee> valued() {
    Trainee shared = policy.trainee();
    return shared.heads().isEmpty() ? critic.map(Optimized::trainee) : Optional.of(shared);
  }

  @Override
  public void close() {
    policy.close();
    critic.ifPresent(Optimized::close);
    foundation.close();
  }
}
