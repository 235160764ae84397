package io.arete.rlaif.config;

import io.arete.rlaif.data.Facet;
import java.util.Map;

/** The keys of {@link PpoSection}. */
final class PpoKeys {

  static final KeyList LIST = new KeyList("ppo", "PPO against the ensemble of reward models");
  static final Key<PpoSection.Algorithm> ALGORITHM =
      LIST.choice(
          "algorithm",
          PpoSection.Algorithm.values(),
          PpoSection.Algorithm.PPO,
          "what learns from the rollouts: PPO with a critic, or RLOO or GRPO, which compare the"
              + " conversations of a prompt with each other (samples_per_prompt of 2 or more) and"
              + " leave the critic's keys, gamma, lambda and whiten_advantages unused; dpo takes no"
              + " rollouts but the preference pairs themselves, by the keys of the section dpo");
  static final Key<PpoSection.Critic> CRITIC =
      LIST.choice(
          "critic",
          PpoSection.Critic.values(),
          PpoSection.Critic.OWN,
          "what the critic stands on: an adapter (or weights) of its own, or the policy's, which"
              + " then gets a head more; one pass serves both, and critic_learning_rate and"
              + " critic_lora are unused");
  private static final Key<PpoSection.CriticStart> CRITIC_START =
      LIST.choice(
          "critic_start",
          PpoSection.CriticStart.values(),
          PpoSection.CriticStart.ZERO,
          "what a critic of its own begins with: values of 0, or that facet's reward model, its"
              + " scores in units of their sd (which needs tuning: lora or qlora; critic_lora is"
              + " then unused)");
  private static final Key<Integer> ITERATIONS =
      LIST.whole("iterations", 10, Range.of(1, 100_000), "", "rounds of sampling and updating");
  static final Key<Integer> PROMPTS_PER_ITERATION =
      LIST.whole("prompts_per_iteration", 16, Range.of(1, 65536), "", "prompts of one round");
  static final Key<Integer> SAMPLES_PER_PROMPT =
      LIST.whole(
          "samples_per_prompt", 1, Range.of(1, 256), "", "conversations of a prompt in one round");
  private static final Map<Facet, Key<Integer>> MAX_REPLY_TOKENS =
      LIST.replyTokens("max_reply_tokens");
  static final Key<PpoSection.TrainTurns> TRAIN_TURNS =
      LIST.choice(
          "train_turns",
          PpoSection.TrainTurns.values(),
          PpoSection.TrainTurns.ACTION,
          "which replies get a gradient: the action alone, or all three");
  static final Key<PpoSection.Credit> CREDIT =
      LIST.choice(
          "credit",
          PpoSection.Credit.values(),
          PpoSection.Credit.LAST,
          "where the score lands: on the last trained token, or each facet's share at the end of"
              + " its own reply (which needs train_turns: all)");
  private static final Key<PpoSection.MissingEnd> MISSING_END =
      LIST.choice(
          "missing_end",
          PpoSection.MissingEnd.values(),
          PpoSection.MissingEnd.REPLACE,
          "what a reply without an end of turn does to its score: the penalty replaces it, or is"
              + " subtracted");
  private static final Key<Double> MISSING_END_PENALTY =
      LIST.real("missing_end_penalty", 1.0, Range.of(0, 100), "sd of the score", "of such a reply");
  static final Key<Double> REWARD_CLIP =
      LIST.real(
          "reward_clip",
          0,
          Range.of(0, 1000),
          "sd of the score",
          "scores further from 0 are held at this distance before they become rewards; 0 = as they"
              + " are");
  static final Key<Boolean> WHITEN_REWARDS =
      LIST.flag(
          "whiten_rewards",
          false,
          "whether the rewards of all tokens of a round are scaled to variance 1, their mean kept"
              + " (which needs algorithm: ppo)");
  private static final Key<Integer> EPOCHS =
      LIST.whole("epochs", 2, Range.of(1, 1000), "", "passes over a round's conversations");
  static final Key<Integer> MINI_BATCHES =
      LIST.whole("mini_batches", 1, Range.of(1, 65536), "", "optimizer steps of one pass");
  private static final Key<Integer> TOKENS_PER_PASS = TrainingKeys.tokensPerPass(LIST);
  private static final Key<Double> POLICY_LEARNING_RATE =
      LIST.real("policy_learning_rate", 1e-4, Range.above(0, 1), "", "of the policy's adapter");
  private static final Key<Double> CRITIC_LEARNING_RATE =
      LIST.real(
          "critic_learning_rate", 1e-4, Range.above(0, 1), "", "of the critic's adapter and head");
  private static final Key<OptimizerSettings.Schedule> SCHEDULE =
      LIST.choice(
          "schedule",
          OptimizerSettings.Schedule.values(),
          OptimizerSettings.Schedule.CONSTANT,
          "what both learning rates do after their warm-up: stay, or fall to 0 over the planned"
              + " steps along a line or half a cosine");
  private static final Key<Double> WARMUP_SHARE =
      LIST.real(
          "warmup_share",
          0,
          Range.of(0, 1),
          "",
          "the share of all planned steps over which both learning rates rise from 0");
  private static final Key<Double> GRADIENT_CLIP = OptimizerKeys.gradientClip(LIST);
  private static final Key<PpoSection.KlControl> KL =
      LIST.choice(
          "kl",
          PpoSection.KlControl.values(),
          PpoSection.KlControl.FIXED,
          "whether the coefficient stays or follows the distance to kl_target");
  private static final Key<Double> KL_COEFFICIENT =
      LIST.real(
          "kl_coefficient",
          0.05,
          Range.of(0, 100),
          "",
          "the price of leaving the reference, for each nat; at the start if adaptive");
  private static final Key<Double> KL_TARGET =
      LIST.real(
          "kl_target",
          6.0,
          Range.above(0, 10_000),
          "nats a reply",
          "what adaptive control aims at");
  private static final Key<Integer> KL_HORIZON =
      LIST.whole(
          "kl_horizon",
          0,
          Range.of(0, 1_000_000_000),
          "replies",
          "how slowly adaptive control follows: an error of 1, of which a fifth counts at most, would"
              + " double the coefficient over so many; 0 takes a tenth of the run's replies");
  private static final Key<Double> GAMMA =
      LIST.real("gamma", 1, Range.of(0, 1), "", "the discount of later rewards");
  private static final Key<Double> LAMBDA =
      LIST.real(
          "lambda",
          0.95,
          Range.of(0, 1),
          "",
          "of generalised advantage estimation: 0 trusts the critic, 1 the sampled rewards");
  private static final Key<Boolean> WHITEN_ADVANTAGES =
      LIST.flag(
          "whiten_advantages",
          true,
          "whether advantages are brought to mean 0 and sd 1 in a round");
  private static final Key<Double> CLIP =
      LIST.real("clip", 0.2, Range.between(0, 1), "", "how far the policy's ratio may leave 1");
  private static final Key<Double> VALUE_CLIP =
      LIST.real(
          "value_clip", 0.2, Range.above(0, 1000), "", "how far a value may leave its old one");
  private static final Key<Double> VALUE_WEIGHT =
      LIST.real("value_weight", 0.5, Range.of(0, 100), "", "the weight of the value loss");
  private static final Key<Double> TARGET_KL =
      LIST.real(
          "target_kl",
          0.1,
          Range.above(0, 1000),
          "nats a token",
          "an update stops when the mean k3 of new against sampling policy exceeds 1.5 times it");
  static final Key<Double> PTX_COEFFICIENT =
      LIST.real(
          "ptx_coefficient",
          0,
          Range.of(0, 1000),
          "",
          "the weight of the loss on ordinary replies (sft.conversations, or else the preferred"
              + " ones of data.pairs) in every step of the policy; 0 = none");
  private static final Key<Integer> PTX_BATCH_SIZE =
      LIST.whole(
          "ptx_batch_size", 16, Range.of(1, 65536), "conversations", "of those that a step takes");
  private static final Key<PpoSection.EnsembleRule> ENSEMBLE =
      LIST.choice(
          "ensemble",
          PpoSection.EnsembleRule.values(),
          PpoSection.EnsembleRule.MEAN_MINUS_SD,
          "how the reward models' scores become one; or one of them alone");
  private static final Key<Double> ENSEMBLE_K =
      LIST.real(
          "ensemble_k", 0.5, Range.of(0, 100), "", "the charge for the members' disagreement");
  private static final LoraKeys LORA = LoraKeys.withoutDropout(LIST, "lora");
  private static final LoraKeys CRITIC_LORA = LoraKeys.withoutDropout(LIST, "critic_lora");
  private static final Key<Integer> WATCH_EVERY =
      LIST.whole(
          "watch_every",
          10,
          Range.of(0, 100_000),
          "iterations",
          "between two looks at the policy on watch prompts, besides one before the first iteration"
              + " and one after the last; 0 = none");
  private static final Key<Integer> WATCH_PROMPTS =
      LIST.whole(
          "watch_prompts",
          32,
          Range.of(1, 65536),
          "prompts",
          "of a look, where the watch reward models (reward.watch_model) or the truth can score; a"
              + " few conversations are written down in any case");
  private static final Key<PpoSection.Keep> KEEP =
      LIST.choice(
          "keep",
          PpoSection.Keep.values(),
          PpoSection.Keep.LAST,
          "which policy goes on to the evaluation: that of the last iteration, or that of the look"
              + " with the best watch score (which needs reward.watch_model); the other lies beside"
              + " it");
  private static final Key<Integer> CHECKPOINT_EVERY =
      TrainingKeys.checkpointEvery(LIST, 1, "iterations");

  private PpoKeys() {}

  static PpoSection read(Values values) {
    return new PpoSection(
        values.get(ALGORITHM),
        values.get(CRITIC),
        values.get(CRITIC_START),
        values.get(ITERATIONS),
        values.get(PROMPTS_PER_ITERATION),
        values.get(SAMPLES_PER_PROMPT),
        values.get(MAX_REPLY_TOKENS),
        values.get(TRAIN_TURNS),
        values.get(CREDIT),
        values.get(MISSING_END),
        values.get(MISSING_END_PENALTY),
        new PpoSection.Rewards(values.get(REWARD_CLIP), values.get(WHITEN_REWARDS)),
        new PpoSection.Advantages(
            values.get(GAMMA), values.get(LAMBDA), values.get(WHITEN_ADVANTAGES)),
        update(values),
        new PpoSection.Ptx(values.get(PTX_COEFFICIENT), values.get(PTX_BATCH_SIZE)),
        new PpoSection.Kl(
            values.get(KL),
            values.get(KL_COEFFICIENT),
            values.get(KL_TARGET),
            values.get(KL_HORIZON)),
        new PpoSection.Ensemble(values.get(ENSEMBLE), values.get(ENSEMBLE_K)),
        LORA.read(values),
        CRITIC_LORA.read(values),
        new PpoSection.Watch(values.get(WATCH_EVERY), values.get(WATCH_PROMPTS), values.get(KEEP)),
        values.get(CHECKPOINT_EVERY));
  }

  private static PpoSection.Update update(Values values) {
    return new PpoSection.Update(
        values.get(EPOCHS),
        values.get(MINI_BATCHES),
        values.get(TOKENS_PER_PASS),
        values.get(POLICY_LEARNING_RATE),
        values.get(CRITIC_LEARNING_RATE),
        values.get(SCHEDULE),
        values.get(WARMUP_SHARE),
        values.get(CLIP),
        values.get(VALUE_CLIP),
        values.get(VALUE_WEIGHT),
        values.get(TARGET_KL),
        values.get(GRADIENT_CLIP));
  }
}
