package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.train.Backpropagation;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.training.LoraForm;
import java.nio.file.Path;

/**
 * Reference, policy and critic over one base: the reference is the SFT model (or the plain base),
 * and the other two have an adapter of their own on top of it.
 */
final class PpoModels implements AutoCloseable {

  private final DecoderModel base;
  private final AdapterStack below;
  private final FrozenStack reference;
  private final TrainedAdapter policy;
  private final TrainedAdapter critic;

  private PpoModels(
      DecoderModel base,
      AdapterStack below,
      FrozenStack reference,
      TrainedAdapter policy,
      TrainedAdapter critic) {
    this.base = base;
    this.below = below;
    this.reference = reference;
    this.policy = policy;
    this.critic = critic;
  }

  /**
   * Policy and critic at their start: the policy is the reference, every value is 0.
   *
   * @param sft where the SFT adapter is, if there is one
   * @param draws key of the adapters' first weights
   * @param backpropagation what is kept of a pass
   */
  static PpoModels open(
      DecoderModel base,
      Path sft,
      PpoSection settings,
      CountedRandom draws,
      Backpropagation backpropagation) {
    AdapterStack below = AdapterStack.BASE;
    if (AdapterFiles.isAdapter(sft)) {
      below = below.with(AdapterFiles.read(sft, base.config(), base.device()));
    }
    FrozenStack reference = below.frozen(base.config().layers(), base.dtype());
    Adapter policy = fresh(base, settings.lora(), 0, draws.at("policy"));
    Adapter critic = fresh(base, settings.criticLora(), 1, draws.at("critic"));
    return new PpoModels(
        base,
        below,
        reference,
        new TrainedAdapter(base, below.with(policy), reference, backpropagation),
        new TrainedAdapter(base, below.with(critic), reference, backpropagation));
  }

  /** The frozen base. */
  DecoderModel base() {
    return base;
  }

  /** The argument of the reference's forward passes. */
  Adapters reference() {
    return reference;
  }

  /** The policy. */
  TrainedAdapter policy() {
    return policy;
  }

  /** The critic, which has a head. */
  TrainedAdapter critic() {
    return critic;
  }

  private static Adapter fresh(
      DecoderModel base, LoraSettings lora, int heads, CountedRandom draws) {
    // Without dropout, as all of PPO's keys are: it compares log-probabilities of several passes.
    LoraConfig config = LoraForm.of(lora, base.config().family());
    return Adapter.fresh(config, base.config(), heads, draws.bits(0), base.device());
  }

  @Override
  public void close() {
    policy.close();
    critic.close();
    reference.close();
    below.adapters().forEach(Adapter::close);
  }
}
