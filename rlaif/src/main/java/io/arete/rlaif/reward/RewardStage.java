package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.sft.SftModel;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains one reward model a facet on what the feedback stage left. Each folder {@code
 * reward/FACET/} ends with the model in PEFT form (one adapter on the plain base, with its head),
 * {@code metrics.jsonl}, {@code evaluation.json}, and last {@code normalization.json}.
 */
public final class RewardStage {

  /**
   * Runs or continues the stage.
   *
   * @throws AreteException if a facet has too few pairs, a pair's conversation is missing, or a
   *     loss is no number
   */
  public void run(StageContext context) {
    Constitution constitution = constitution(context);
    ConversationPieces pieces = new ConversationPieces(context.model().encoder(), constitution);
    FacetTexts texts = new FacetTexts(pieces, constitution, context.recipe().reward().maxLength());
    try (SftModel sft = SftModel.open(context)) {
      List<Conversation> reference = ReferenceConversations.of(context, sft, pieces);
      for (Facet facet : Facet.values()) {
        Path folder = context.folder().reward(facet);
        if (!Files.exists(folder.resolve(NormalizationFile.NAME))) {
          new FacetTraining(context, texts, sft, facet).run(reference);
        }
        Checkpoints.open(folder).clear();
      }
    }
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
