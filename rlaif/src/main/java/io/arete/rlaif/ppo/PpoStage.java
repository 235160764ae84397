package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.reward.FacetScorer;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sft.OrdinaryReplies;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.util.Optional;

/**
 * The PPO stage: from reward models to a policy. Killed at any instant and started again, it goes
 * on from its last checkpoint and ends with the same bytes.
 *
 * <p>It leaves in {@code policy/}: the tuned model as one PEFT adapter of the plain base, or as a
 * whole model if all weights were trained, the critic beside it, {@code metrics.jsonl}, {@code
 * rollouts.jsonl}, {@code summary.json}, and the last checkpoint.
 */
public final class PpoStage {

  private PpoStage() {}

  /**
   * Trains against the run's reward models.
   *
   * @param watch looks on; what it throws stops the run
   * @throws io.arete.engine.AreteException if a reward model or its constants are missing, or no
   *     prompt is left to train on
   */
  public static void run(StageContext context, PpoWatch watch) {
    try (RunRewardModels models = RunRewardModels.open(context)) {
      run(context, watch, models);
    }
  }

  /**
   * Trains against any scorer.
   *
   * @param scorer scores in z units
   */
  public static void run(StageContext context, PpoWatch watch, FacetScorer scorer) {
    PpoSection settings = context.recipe().ppo();
    RunFolder folder = context.folder();
    ChatModel model = context.model();
    CountedRandom draws = context.draws(Stage.PPO);
    PromptOrder prompts = new PromptOrder(context.data().prompts(Split.TRAIN), draws.at("prompts"));
    PpoFormulas formulas = new PpoFormulas(settings);
    RolloutCollector collector =
        new RolloutCollector(
            model,
            pieces(context),
            settings,
            new RolloutScorer(scorer, formulas.missingEnd(), formulas.ensemble()));
    try (PpoModels models = PpoModels.open(context, draws)) {
      new PpoTrainer(settings, models, prompts, collector, watch, mixture(context), draws)
          .run(folder, context.listener());
      PpoResults.write(folder, models);
    }
  }

  private static Optional<Mixture> mixture(StageContext context) {
    PpoSection settings = context.recipe().ppo();
    return settings.ptx().enabled()
        ? Optional.of(
            new Mixture(
                OrdinaryReplies.of(context),
                settings.ptx(),
                settings.update().tokensPerPass(),
                context.draws(Stage.PPO).at("ordinary")))
        : Optional.empty();
  }

  private static ConversationPieces pieces(StageContext context) {
    return new ConversationPieces(context.model().encoder(), context.constitution());
  }
}
