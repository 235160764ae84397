package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.reward.FacetScorer;
import io.arete.rlaif.reward.RewardSet;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sft.OrdinaryReplies;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.util.List;
import java.util.Optional;

/**
 * The PPO stage: from reward models to a policy. Killed at any instant and started again, it goes
 * on from its last checkpoint and ends with the same bytes.
 *
 * <p>It leaves in {@code policy/}: the tuned model as one PEFT adapter of the plain base, or as a
 * whole model if all weights were trained, the critic beside it, {@code metrics.jsonl}, {@code
 * rollouts.jsonl}, {@code looks.jsonl} with {@code samples.jsonl}, {@code summary.json}, and the
 * last checkpoint. Where watch reward models score the looks, the policy with the best watch score
 * is in {@code best/}; or, if the recipe keeps that, the last one in {@code last/}.
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
      if (context.recipe().reward().members().watch()) {
        try (RunRewardModels watching = RunRewardModels.open(context, List.of(RewardSet.WATCH))) {
          run(context, watch, models, Optional.of(watching));
        }
      } else {
        run(context, watch, models, Optional.empty());
      }
    }
  }

  /**
   * Trains against any scorer.
   *
   * @param scorer scores in z units
   * @param watching scores at looks, if there are watch reward models; nothing is trained by it
   */
  public static void run(
      StageContext context,
      PpoWatch watch,
      FacetScorer scorer,
      Optional<? extends FacetScorer> watching) {
    PpoSection settings = context.recipe().ppo();
    RunFolder folder = context.folder();
    ChatModel model = context.model();
    CountedRandom draws = context.draws(Stage.PPO);
    PromptOrder prompts = new PromptOrder(context.data().prompts(Split.TRAIN), draws.at("prompts"));
    PpoFormulas formulas = new PpoFormulas(settings);
    RolloutScorer proxy = new RolloutScorer(scorer, formulas.missingEnd(), formulas.ensemble());
    RolloutCollector collector = new RolloutCollector(model, pieces(context), settings, proxy);
    Optional<PolicyLooks> looks =
        PolicyLooks.of(
            context,
            proxy,
            watching.map(
                one -> new RolloutScorer(one, formulas.missingEnd(), formulas.ensemble())));
    try (PpoModels models = PpoModels.open(context, draws)) {
      TrainerState end =
          new PpoTrainer(
                  settings, models, prompts, collector, watch, looks, mixture(context), draws)
              .run(folder, context.listener());
      PpoResults.write(folder, models, end.best(), settings.watch().keep());
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
