package io.arete.cli.bench;

import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.ScoringModel;
import io.arete.engine.nn.Projection;
import io.arete.engine.train.AdamW;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What PPO holds over one base: reward models, a policy and a critic. The reference is the base
 * itself.
 */
final class PpoSet implements AutoCloseable {

  private static final double LEARNING_RATE = 1e-4;

  private final Adapter policy;
  private final Optional<Adapter> critic;
  private final List<ScoringModel> rewards = new ArrayList<>();
  private final List<AdamW> optimizers = new ArrayList<>();

  /** Fresh adapters on {@code targets}, without optimizers. */
  PpoSet(Subject subject, Set<Projection> targets, int rewardModels, CriticForm form) {
    policy = subject.adapter(1, targets);
    critic = form == CriticForm.OWN ? Optional.of(subject.adapter(2, targets)) : Optional.empty();
    for (int i = 0; i < rewardModels; i++) {
      try (Adapter reward = subject.adapter(3 + i, targets)) {
        rewards.add(ScoringModel.of(subject.model(), reward, reward.head().orElseThrow()));
      }
    }
  }

  /** One adapter's additions for inference. The caller closes them. */
  static FrozenStack frozen(Subject subject, Adapter adapter) {
    return AdapterStack.BASE
        .with(adapter)
        .frozen(subject.model().config().layers(), subject.model().dtype());
  }

  /** Makes gradients and optimizer states of what is trained. */
  void train() {
    optimizers.add(new AdamW(policy.parameters(), 0));
    critic.ifPresent(one -> optimizers.add(new AdamW(one.parameters(), 0)));
  }

  /** The policy's adapter. */
  Adapter policy() {
    return policy;
  }

  /** The critic's adapter, with its head; without one, the policy's head is the critic's. */
  Optional<Adapter> critic() {
    return critic;
  }

  /** The reward models. */
  List<ScoringModel> rewards() {
    return rewards;
  }

  /** Steps of the optimizers. */
  void step() {
    optimizers.forEach(optimizer -> optimizer.step(LEARNING_RATE));
  }

  @Override
  public void close() {
    optimizers.forEach(AdamW::close);
    rewards.forEach(ScoringModel::close);
    critic.ifPresent(Adapter::close);
    policy.close();
  }
}
