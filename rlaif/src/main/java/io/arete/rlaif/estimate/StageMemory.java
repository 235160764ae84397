package io.arete.rlaif.estimate;

import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.rlaif.config.DpoSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.config.SftSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.LocalLabeler;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What each stage of a recipe holds at its highest, from the model's shape and the lengths of
 * texts: what lives through the stage, and the largest of what it does one after the other.
 */
public final class StageMemory {

  /** The JVM and its libraries, as measured; docs/memory.md. */
  static final double PROCESS = 560.0 * (1 << 20);

  /** Conversations that grow at once, as sampling has it. */
  private static final int RUNNING = 64;

  /** Tokens that reward models read at once. */
  private static final int SCORED_TOKENS = 2048;

  /** Conversations whose divergence is read at once. */
  private static final int DIVERGING = 8;

  private static final int REWARD_MODELS = 3;

  private final Recipe recipe;
  private final ModelMemory model;
  private final DataFacts facts;
  private final TokenCounts counts;
  private final Parts always;

  /** Of a recipe over a base of that shape. */
  public StageMemory(Recipe recipe, ModelConfig config, Machine machine, DataFacts facts) {
    this.recipe = recipe;
    this.model = new ModelMemory(recipe.general(), config, machine);
    this.facts = facts;
    this.counts = new TokenCounts(recipe, facts, 1);
    this.always = Parts.NONE.plus(Part.PROCESS, PROCESS).plus(Part.BASE, model.base());
  }

  /** What a stage needs at its highest. */
  public MemoryNeed of(Stage stage) {
    Parts highest = always;
    double rounds = new StageRounds(recipe, facts).of(stage);
    double before = 0;
    for (Parts phase : phases(stage)) {
      double round = phase.of(Part.ACTIVATIONS) + phase.of(Part.CACHE);
      Parts later = phase.plus(Part.KEPT, PassMemory.remains(round, rounds, before));
      highest = later.total() > highest.total() ? later : highest;
      before = Math.max(before, round);
    }
    return new MemoryNeed(stage, highest.bytes());
  }

  /** What a stage does, in its order. */
  private List<Parts> phases(Stage stage) {
    return switch (stage) {
      case SFT -> recipe.sft().enabled() ? sft() : List.of();
      case FEEDBACK -> feedback();
      case REWARD -> reward();
      case PPO -> recipe.ppo().fromPairs() ? dpo() : ppo();
      case EVALUATION -> evaluation();
      case ATTACK -> recipe.attack().prompts().isPresent() ? attack() : List.of();
    };
  }

  private List<Parts> sft() {
    SftSection settings = recipe.sft();
    DataFacts.Texts talks = new StageWork(recipe, facts).talks();
    double batch = Math.min(settings.batchSize(), talks.count()) * talks.tokens();
    double tokens = TokenCounts.pass(batch, settings.tokensPerPass(), model.side());
    List<Parts> phases = new ArrayList<>();
    if (settings.revision().rounds() > 0) {
      double grown =
          facts.longestPrompt()
              + 2.0 * settings.revision().maxReplyTokens()
              + settings.revision().maxCritiqueTokens();
      phases.add(sampling(always, RUNNING, grown));
    }
    phases.add(
        always
            .plus(model.learning(settings.lora()))
            .plus(
                Part.ACTIVATIONS,
                model.learningPass(settings.lora(), tokens, settings.tokensPerPass(), tokens)));
    return phases;
  }

  private List<Parts> feedback() {
    FeedbackSection settings = recipe.feedback();
    Parts held = always.plus(Part.MODELS, tuned());
    for (Path judge : judges(settings)) {
      held = held.plus(Part.BASE, model.weights(DecoderSizes.of(ModelConfigReader.read(judge))));
    }
    int conversations = settings.batch() * settings.samples();
    Parts sampled = sampling(held, conversations, counts.cacheRow(settings.maxReplyTokens()));
    boolean judged =
        settings.source() == FeedbackSection.Source.LOCAL
            || settings.source() == FeedbackSection.Source.COMMITTEE;
    return judged
        ? List.of(sampled, packed(held).plus(reading(LocalLabeler.TOKENS_PER_PASS, 0)))
        : List.of(sampled);
  }

  private static List<Path> judges(FeedbackSection settings) {
    return switch (settings.source()) {
      case LOCAL -> settings.judge().map(List::of).orElse(List.of());
      case COMMITTEE ->
          settings.committee().stream()
              .filter(member -> !member.equals(FeedbackSection.BASE))
              .map(Path::of)
              .toList();
      case HUMAN, ENDPOINT, TRUTH -> List.of();
    };
  }

  private List<Parts> reward() {
    RewardSection settings = recipe.reward();
    Parts held = packed(always.plus(Part.MODELS, tuned()));
    StageWork work = new StageWork(recipe, facts);
    double pairs = Math.min(settings.batchSize(), work.labelled() * work.comparisons());
    double batch = pairs * new RewardTokens(counts).longestExample();
    double tokens = TokenCounts.pass(batch, settings.tokensPerPass(), model.side());
    return List.of(
        sampling(held, RUNNING, counts.cacheRow(recipe.feedback().maxReplyTokens())),
        held.plus(model.learning(settings.lora()))
            .plus(
                Part.ACTIVATIONS,
                model.learningPass(settings.lora(), tokens, settings.tokensPerPass(), 0)),
        held.plus(Part.MODELS, model.frozen(settings.lora())).plus(reading(SCORED_TOKENS, 0)));
  }

  private List<Parts> ppo() {
    PpoSection settings = recipe.ppo();
    Parts held =
        packed(always)
            .plus(Part.MODELS, tuned() + rewards() + watching())
            .plus(model.learning(settings.lora()))
            .plus(settings.ownCritic() ? model.learning(settings.criticLora()) : Parts.NONE);
    int conversations = settings.promptsPerIteration() * settings.samplesPerPrompt();
    int limit = settings.update().tokensPerPass();
    double tokens =
        TokenCounts.pass(counts.round() / settings.update().miniBatches(), limit, model.side());
    double most = Math.max(tokens, ordinary(settings));
    return List.of(
        sampling(held, conversations, counts.cacheRow(settings.maxReplyTokens())),
        held.plus(reading(Math.max(SCORED_TOKENS, limit), tokens)),
        held.plus(Part.ACTIVATIONS, model.learningPass(settings.lora(), most, limit, most)));
  }

  /** No reward model and no rollout: the base, what it was tuned to, and the policy. */
  private List<Parts> dpo() {
    DpoSection settings = recipe.dpo();
    LoraSettings policy = recipe.ppo().lora();
    Parts held = packed(always).plus(Part.MODELS, tuned()).plus(model.learning(policy));
    double pairs = Math.min(settings.batchSize(), new StageWork(recipe, facts).trainPairs());
    int limit = settings.tokensPerPass();
    double tokens = TokenCounts.pass(pairs * counts.dpoPair(), limit, model.side());
    return List.of(
        held.plus(reading(limit, limit)),
        held.plus(Part.ACTIVATIONS, model.learningPass(policy, tokens, limit, tokens)));
  }

  /** Tokens of a pass of the ordinary replies that are mixed into PPO's steps. */
  private double ordinary(PpoSection settings) {
    if (!settings.ptx().enabled()) {
      return 0;
    }
    double batch = settings.ptx().batchSize() * facts.talks().tokens();
    return TokenCounts.pass(batch, settings.update().tokensPerPass(), model.side());
  }

  private List<Parts> evaluation() {
    Map<Facet, Integer> limits = recipe.ppo().maxReplyTokens();
    Parts held = packed(always.plus(Part.MODELS, rewards() + tuned() + policy()));
    double diverging = DIVERGING * (facts.promptTokens() + counts.replies(limits));
    return List.of(
        sampling(held, RUNNING, counts.cacheRow(limits)),
        held.plus(reading(Math.max(SCORED_TOKENS, diverging), diverging)));
  }

  private List<Parts> attack() {
    Parts held = packed(always.plus(Part.MODELS, rewards() + policy()));
    return List.of(
        sampling(held, RUNNING, counts.cacheRow(recipe.ppo().maxReplyTokens())),
        held.plus(reading(SCORED_TOKENS, 0)));
  }

  /** Conversations that are written, and prompts that are read. */
  private Parts sampling(Parts held, int conversations, double row) {
    int rows = Math.min(RUNNING, conversations);
    return packed(held)
        .plus(Part.CACHE, model.cache(rows, row))
        .plus(Part.ACTIVATIONS, model.readingPass(rows * facts.promptTokens(), rows));
  }

  /** The copy is made once, and stays. */
  private Parts packed(Parts held) {
    return held.bytes().containsKey(Part.PACKED) ? held : held.plus(Part.PACKED, model.packed());
  }

  private Parts reading(double tokens, double logits) {
    return Parts.NONE.plus(Part.ACTIVATIONS, model.readingPass(tokens, logits));
  }

  /** What supervised fine-tuning left. */
  private double tuned() {
    return recipe.sft().enabled() ? model.frozen(recipe.sft().lora()) : 0;
  }

  private double policy() {
    return over(recipe.ppo().lora());
  }

  /** In whole models, each facet has one, even where one was trained for all. */
  private double rewards() {
    boolean shared = recipe.reward().heads() == RewardSection.Heads.SHARED && !model.whole();
    return (shared ? 1 : REWARD_MODELS) * over(recipe.reward().lora());
  }

  /** The watch reward models, which share an adapter. */
  private double watching() {
    int models = model.whole() ? REWARD_MODELS : 1;
    return recipe.reward().members().watch() ? models * over(recipe.reward().lora()) : 0;
  }

  /** An adapter on what supervised fine-tuning left, as it was written: joined with it. */
  private double over(LoraSettings adapter) {
    return model.frozen(adapter) + (model.whole() ? 0 : tuned());
  }
}
