package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.training.Foundation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Trains the facets' reward models on what the feedback stage left. Each folder {@code
 * reward/FACET/} ends with the model in PEFT form (one adapter on the plain base, with its head),
 * {@code evaluation.json}, and last {@code normalization.json}. Metrics and start of a training
 * stand beside the model, or in {@code reward/shared/} if all facets share one adapter.
 */
public final class RewardStage {

  private static final String SHARED = "shared";

  /**
   * Runs or continues the stage.
   *
   * @throws AreteException if a facet has too few pairs, a pair's conversation is missing, or a
   *     loss is no number
   */
  public void run(StageContext context) {
    ConversationPieces pieces =
        new ConversationPieces(context.model().encoder(), constitution(context));
    FacetTexts texts = texts(context);
    try (Foundation foundation = Foundation.tuned(context)) {
      List<Conversation> reference =
          ReferenceConversations.of(context, foundation.frozen(), pieces);
      List<Facet> all = List.of(Facet.values());
      switch (context.recipe().reward().heads()) {
        case SHARED -> train(context, foundation, texts, reference, all, SHARED);
        case SEPARATE -> {
          for (Facet facet : all) {
            train(context, foundation, texts, reference, List.of(facet), facet.wireName());
          }
        }
      }
    }
  }

  /** Trains facets together on one adapter, unless they are done. */
  private static void train(
      StageContext context,
      Foundation foundation,
      FacetTexts texts,
      List<Conversation> reference,
      List<Facet> facets,
      String name) {
    Path folder = context.folder().stage(Stage.REWARD).resolve(name);
    Map<Facet, Path> models = new EnumMap<>(Facet.class);
    facets.forEach(facet -> models.put(facet, context.folder().reward(facet)));
    if (!models.values().stream()
        .allMatch(model -> Files.exists(model.resolve(NormalizationFile.NAME)))) {
      Map<Facet, PairSet> pairs = new EnumMap<>(Facet.class);
      facets.forEach(facet -> pairs.put(facet, PairSet.read(context, texts, facet)));
      RewardStart start = new RewardTraining(context, foundation, pairs, folder, name).run();
      try (FacetRewardModels exported =
          new FacetRewardModels(context.model().decoder(), texts, models)) {
        RewardEvaluation evaluation = new RewardEvaluation(context, pairs, exported);
        evaluation.onHeldOutPairs(start);
        evaluation.onReference(reference);
      }
    }
    Checkpoints.open(folder).clear();
  }

  /** The one builder of what the run's reward models read. */
  public static FacetTexts texts(StageContext context) {
    Constitution constitution = constitution(context);
    return new FacetTexts(
        new ConversationPieces(context.model().encoder(), constitution),
        constitution,
        context.recipe().reward().maxLength());
  }

  /** The run's constitution, with what the recipe says about reading. */
  public static Constitution constitution(StageContext context) {
    RewardSection settings = context.recipe().reward();
    return settings
        .reads()
        .map(way -> context.constitution().reading(way))
        .orElse(context.constitution());
  }
}
