package io.arete.rlaif.estimate;

import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.Stage;

/**
 * What a stage writes at its highest: models in float32, its last checkpoint (weights and AdamW's
 * moments; twice while a new one is written), and lines of JSON.
 */
final class StageDisk {

  private static final int WEIGHT = 4;

  /** A weight with its two moments. */
  private static final int STATE = 12;

  /** A token of a conversation as text and as a number, in bytes. */
  private static final double TOKEN = 11;

  /** A line's other fields. */
  private static final double LINE = 250;

  /** A judge's vote on one virtue. */
  private static final double VOTE = 90;

  private static final int SYSTEMS_ATTACKED = 4;

  private final Recipe recipe;
  private final DataFacts facts;
  private final ModelMemory model;
  private final StageWork work;
  private final TokenCounts counts;

  StageDisk(Recipe recipe, DataFacts facts, ModelMemory model) {
    this.recipe = recipe;
    this.facts = facts;
    this.model = model;
    this.work = new StageWork(recipe, facts);
    this.counts = new TokenCounts(recipe, facts, TokenCounts.TYPICAL);
  }

  /** Bytes. */
  double of(Stage stage) {
    return switch (stage) {
      case SFT ->
          recipe.sft().enabled()
              ? WEIGHT * (double) model.parameters(recipe.sft().lora())
                  + 2.0 * STATE * model.parameters(recipe.sft().lora())
              : LINE;
      case FEEDBACK -> feedback();
      case REWARD ->
          Facet.values().length * WEIGHT * over(recipe.reward().lora())
              + 2.0 * STATE * model.parameters(recipe.reward().lora());
      case PPO -> ppo();
      case EVALUATION ->
          recipe.evaluation().answering(recipe.sft().enabled())
              * (Math.min(recipe.evaluation().prompts(), facts.prompts(Split.VERDICT))
                      * recipe.evaluation().samples()
                      * conversation()
                  + facts.questions().count() * LINE);
      case ATTACK -> SYSTEMS_ATTACKED * facts.attacks().count() * conversation();
    };
  }

  private double feedback() {
    FeedbackSection settings = recipe.feedback();
    boolean human = settings.source() == FeedbackSection.Source.HUMAN;
    double conversations = work.labelled() * (human ? 2 : settings.samples());
    double pairs = work.labelled() * work.comparisons() * Facet.values().length;
    double votes = human ? 0 : facts.judgements() / 2.0 * VOTE;
    return conversations * conversation() + pairs * (LINE + votes);
  }

  private double ppo() {
    PpoSection settings = recipe.ppo();
    // A critic that shares the policy's trunk is written with it once more.
    double critic =
        settings.ownCritic()
            ? over(settings.criticLora())
            : settings.sharedCritic() ? over(settings.lora()) : 0;
    // The best policy, and a better one before the older is deleted.
    boolean looked = recipe.reward().members().watch() && !settings.fromPairs();
    double best = looked ? 2 * over(settings.lora()) : 0;
    double models = over(settings.lora()) + critic + best;
    double states =
        model.parameters(settings.lora())
            + (settings.ownCritic() ? model.parameters(settings.criticLora()) : 0);
    double logged = settings.fromPairs() ? 0 : settings.iterations() * 4 * conversation();
    return WEIGHT * models + 2.0 * STATE * states + logged;
  }

  /** A written adapter is joined with the one below it. */
  private double over(LoraSettings adapter) {
    boolean joined = recipe.sft().enabled() && !model.whole();
    return model.parameters(adapter) + (joined ? model.parameters(recipe.sft().lora()) : 0);
  }

  private double conversation() {
    return LINE * 2 + TOKEN * counts.written(recipe.feedback().maxReplyTokens());
  }
}
