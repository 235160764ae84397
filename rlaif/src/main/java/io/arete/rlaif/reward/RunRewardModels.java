package io.arete.rlaif.reward;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run's own reward models, in z units: what PPO, the evaluation and the attack score with. */
public final class RunRewardModels implements FacetScorer, AutoCloseable {

  private final FacetRewardModels models;
  private final NormalizedScorer scorer;

  private RunRewardModels(FacetRewardModels models, NormalizedScorer scorer) {
    this.models = models;
    this.scorer = scorer;
  }

  /**
   * Loads them.
   *
   * @throws io.arete.engine.AreteException if a reward model or its constants are missing
   */
  public static RunRewardModels open(StageContext context) {
    Map<Facet, Path> folders = new EnumMap<>(Facet.class);
    Map<Facet, ScoreNormalizer> normalizers = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      Path folder = context.folder().reward(facet);
      folders.put(facet, folder);
      normalizers.put(facet, NormalizationFile.read(folder));
    }
    FacetRewardModels models =
        new FacetRewardModels(context.model().decoder(), RewardStage.texts(context), folders);
    return new RunRewardModels(models, new NormalizedScorer(models, normalizers));
  }

  @Override
  public Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations) {
    return scorer.score(prompts, conversations);
  }

  @Override
  public void close() {
    models.close();
  }
}
