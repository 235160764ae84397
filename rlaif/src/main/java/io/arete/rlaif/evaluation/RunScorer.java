package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.reward.FacetRewardModels;
import io.arete.rlaif.reward.NormalizationFile;
import io.arete.rlaif.reward.NormalizedScorer;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.reward.ScoreNormalizer;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run's own reward models and ensemble, scoring conversations as PPO did. */
public final class RunScorer implements AutoCloseable {

  private final FacetRewardModels models;
  private final ConversationScorer scorer;

  private RunScorer(FacetRewardModels models, ConversationScorer scorer) {
    this.models = models;
    this.scorer = scorer;
  }

  /**
   * Loads the run's reward models.
   *
   * @throws io.arete.engine.AreteException if one is missing
   */
  public static RunScorer open(StageContext context) {
    Map<Facet, Path> folders = new EnumMap<>(Facet.class);
    Map<Facet, ScoreNormalizer> normalizers = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      Path folder = context.folder().reward(facet);
      folders.put(facet, folder);
      normalizers.put(facet, NormalizationFile.read(folder));
    }
    FacetTexts texts =
        new FacetTexts(
            new ConversationPieces(context.model().encoder(), context.constitution()),
            RewardStage.constitution(context),
            context.recipe().reward().maxLength());
    PpoFormulas formulas = new PpoFormulas(context.recipe().ppo());
    FacetRewardModels models = new FacetRewardModels(context.model().decoder(), texts, folders);
    return new RunScorer(
        models,
        new ConversationScorer(
            new NormalizedScorer(models, normalizers), formulas.ensemble(), formulas.missingEnd()));
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
