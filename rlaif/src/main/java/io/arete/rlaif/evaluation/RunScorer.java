package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.reward.RewardSet;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.stage.StageContext;
import java.util.List;
import java.util.Optional;

/** A run's own reward models and ensemble, scoring conversations as PPO did. */
public final class RunScorer implements AutoCloseable {

  private final RunRewardModels models;
  private final ConversationScorer scorer;

  private RunScorer(RunRewardModels models, ConversationScorer scorer) {
    this.models = models;
    this.scorer = scorer;
  }

  /**
   * Loads the run's reward models.
   *
   * @throws io.arete.engine.AreteException if one is missing
   */
  public static RunScorer open(StageContext context) {
    return open(context, RunRewardModels.open(context));
  }

  /** Loads the run's verdict reward models, where the recipe has them trained. */
  static Optional<RunScorer> verdict(StageContext context) {
    return context.recipe().reward().members().watch()
        ? Optional.of(open(context, RunRewardModels.open(context, List.of(RewardSet.VERDICT))))
        : Optional.empty();
  }

  /**
   * Loads the run's watch reward models.
   *
   * @throws io.arete.engine.AreteException if one is missing
   */
  public static RunScorer watch(StageContext context) {
    return open(context, RunRewardModels.open(context, List.of(RewardSet.WATCH)));
  }

  private static RunScorer open(StageContext context, RunRewardModels models) {
    PpoFormulas formulas = new PpoFormulas(context.recipe().ppo());
    return new RunScorer(
        models, new ConversationScorer(models, formulas.ensemble(), formulas.missingEnd()));
  }

  /** Scored conversations in their order; {@code prompts} has each one's prompt. */
  public List<ScoredConversation> score(List<Prompt> prompts, List<Conversation> conversations) {
    return scorer.score(prompts, conversations);
  }

  @Override
  public void close() {
    models.close();
  }
}
