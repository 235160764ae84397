package io.arete.rlaif.config;

import io.arete.rlaif.data.Facet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reinforcement learning against the ensemble of reward models.
 *
 * @param algorithm what learns from the rollouts
 * @param critic what the critic stands on, where there is one
 * @param criticStart what values an own critic begins with
 * @param iterations rounds of sampling and updating
 * @param promptsPerIteration prompts of one round
 * @param samplesPerPrompt conversations of a prompt in one round
 * @param maxReplyTokens the longest reply, by facet
 * @param trainTurns which replies get a gradient
 * @param credit where the score lands
 * @param missingEnd what a reply without an end of turn does to its score
 * @param missingEndPenalty by how much, in units of the score's sd
 * @param rewards what is done to rewards before they become advantages
 * @param advantages how rewards become advantages
 * @param update how advantages move the weights
 * @param ptx ordinary replies that are learned beside the rollouts
 * @param kl what holds the policy to its reference
 * @param ensemble how the members' scores become one
 * @param lora the policy's adapter
 * @param criticLora the critic's adapter
 * @param watch how the policy is looked at on the way
 * @param checkpointEvery iterations between two checkpoints
 */
public record PpoSection(
    Algorithm algorithm,
    Critic critic,
    CriticStart criticStart,
    int iterations,
    int promptsPerIteration,
    int samplesPerPrompt,
    Map<Facet, Integer> maxReplyTokens,
    TrainTurns trainTurns,
    Credit credit,
    MissingEnd missingEnd,
    double missingEndPenalty,
    Rewards rewards,
    Advantages advantages,
    Update update,
    Ptx ptx,
    Kl kl,
    Ensemble ensemble,
    LoraSettings lora,
    LoraSettings criticLora,
    Watch watch,
    int checkpointEvery) {

  /** What learns from the rollouts. */
  public enum Algorithm {
    /** Clipped steps by a critic's advantages. */
    PPO,
    /** Each conversation against the others of its prompt; no critic. */
    RLOO,
    /** Each conversation in units of its prompt's spread; divergence in the loss; no critic. */
    GRPO,
    /** No rollouts and no reward models: straight from the preference pairs. */
    DPO
  }

  /** What the critic stands on. */
  public enum Critic {
    /** On an adapter, or weights, of its own. */
    OWN,
    /** On the policy's: a head more, one pass for both. */
    SHARED
  }

  /** What values an own critic begins with. */
  public enum CriticStart {
    /** Every value is 0. */
    ZERO,
    /** Those of the action's reward model. */
    ACTION,
    /** Those of the motivation's. */
    MOTIVATION,
    /** Those of the consequences'. */
    CONSEQUENCES;

    /** Whose reward model it is; empty for zeros. */
    public Optional<Facet> facet() {
      return this == ZERO ? Optional.empty() : Optional.of(Facet.valueOf(name()));
    }
  }

  /** Which replies get a gradient. */
  public enum TrainTurns {
    /** The action alone; the later replies are sampled and scored. */
    ACTION,
    /** All three, as one sequence of reply tokens. */
    ALL
  }

  /** Where the score lands. */
  public enum Credit {
    /** On the last trained token. */
    LAST,
    /** Each facet's share at the end of its own reply. */
    FACET
  }

  /** What a reply without an end of turn does to its score. */
  public enum MissingEnd {
    /** Its score becomes minus the penalty. */
    REPLACE,
    /** The penalty is subtracted from its score. */
    SUBTRACT
  }

  /** How the KL coefficient behaves. */
  public enum KlControl {
    /** It stays. */
    FIXED,
    /** It follows the distance to the target. */
    ADAPTIVE
  }

  /** How the members' scores become one. */
  public enum EnsembleRule {
    /** Mean minus k population standard deviations. */
    MEAN_MINUS_SD,
    /** Mean minus k variances. */
    MEAN_MINUS_VARIANCE,
    /** The least score. */
    WORST_CASE,
    /** The mean. */
    MEAN,
    /** The median. */
    MEDIAN,
    /** The reward model of the action alone. */
    ACTION(Facet.ACTION),
    /** The reward model of the motivation alone. */
    MOTIVATION(Facet.MOTIVATION),
    /** The reward model of the consequences alone. */
    CONSEQUENCES(Facet.CONSEQUENCES);

    private final Optional<Facet> one;

    EnsembleRule() {
      this.one = Optional.empty();
    }

    EnsembleRule(Facet one) {
      this.one = Optional.of(one);
    }

    /** The facet that alone counts; empty where all do. */
    public Optional<Facet> one() {
      return one;
    }
  }

  /**
   * What is done to rewards before they become advantages.
   *
   * @param clip scores are held within this distance of 0, z units; 0 = as they are
   * @param whiten whether the rewards of all tokens of a round are scaled to variance 1
   */
  public record Rewards(double clip, boolean whiten) {}

  /**
   * How rewards become advantages.
   *
   * @param gamma discount of later rewards
   * @param lambda GAE's λ
   * @param whiten whether advantages are brought to mean 0 and sd 1 over a round
   */
  public record Advantages(double gamma, double lambda, boolean whiten) {}

  /**
   * How advantages move the weights.
   *
   * @param epochs passes over a round's conversations
   * @param miniBatches optimizer steps of one pass
   * @param tokensPerPass tokens of one forward and backward pass
   * @param policyLearningRate of the policy's adapter
   * @param criticLearningRate of the critic's adapter and head
   * @param schedule what both learning rates do over the run
   * @param warmupShare share of all steps over which both rise from 0
   * @param clip how far the ratio may leave 1
   * @param valueClip how far a value may leave the old one
   * @param valueWeight the value loss's weight
   * @param targetKl an update stops when the mean k3 exceeds 1.5 times this, in nats a token
   * @param gradientClip the largest global norm of the gradient
   */
  public record Update(
      int epochs,
      int miniBatches,
      int tokensPerPass,
      double policyLearningRate,
      double criticLearningRate,
      OptimizerSettings.Schedule schedule,
      double warmupShare,
      double clip,
      double valueClip,
      double valueWeight,
      double targetKl,
      double gradientClip) {

    /** Steps of an iteration, unless it is stopped. */
    public long steps() {
      return (long) epochs * miniBatches;
    }
  }

  /**
   * Ordinary replies, from what supervised fine-tuning is given, in every step of the policy.
   *
   * @param coefficient weight of their loss; 0 = none
   * @param batchSize conversations of a step
   */
  public record Ptx(double coefficient, int batchSize) {

    /** Whether there are any. */
    public boolean enabled() {
      return coefficient > 0;
    }
  }

  /**
   * What holds the policy to its reference.
   *
   * @param control how the coefficient behaves
   * @param coefficient β, at the start if adaptive
   * @param target in nats a reply, for adaptive control
   * @param horizon replies over which an error of 1 would double it; 0 = a tenth of the run's
   */
  public record Kl(KlControl control, double coefficient, double target, int horizon) {}

  /**
   * How the members' scores become one.
   *
   * @param rule which statistic
   * @param k the weight of the disagreement
   */
  public record Ensemble(EnsembleRule rule, double k) {

    /** Whether a facet's reward model has a part in the score. */
    public boolean reads(Facet facet) {
      return rule.one().map(one -> one == facet).orElse(true);
    }

    /** The facets whose reward models have a part in the score. */
    public List<Facet> facets() {
      return Arrays.stream(Facet.values()).filter(this::reads).toList();
    }
  }

  /** Which policy goes on. */
  public enum Keep {
    /** That of the last iteration. */
    LAST,
    /** That with the best watch score. */
    BEST
  }

  /**
   * How the policy is looked at on the way.
   *
   * @param every iterations between two looks; 0 = none
   * @param prompts watch prompts on which it is scored
   * @param keep which policy goes on
   */
  public record Watch(int every, int prompts, Keep keep) {}

  static final KeyList KEYS = PpoKeys.LIST;

  /** Copies the tokens. */
  public PpoSection {
    maxReplyTokens = ByFacet.copy(maxReplyTokens);
  }

  /** Whether a critic learns beside the policy, on an adapter or weights of its own. */
  public boolean ownCritic() {
    return algorithm == Algorithm.PPO && critic == Critic.OWN;
  }

  /** Whether pairs take the place of rollouts, and no reward model is asked. */
  public boolean fromPairs() {
    return algorithm == Algorithm.DPO;
  }

  /** Whether the policy has the critic's head. */
  public boolean sharedCritic() {
    return algorithm == Algorithm.PPO && critic == Critic.SHARED;
  }

  static PpoSection read(Values values) {
    return PpoKeys.read(values);
  }
}
