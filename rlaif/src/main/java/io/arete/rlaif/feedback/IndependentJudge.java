package io.arete.rlaif.feedback;

import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;

/** Another labeler than the one whose labels trained: it judges what came of them. */
public final class IndependentJudge {

  private IndependentJudge() {}

  /**
   * Opens the judge of {@code evaluation.judge}, which must be given. The caller closes it.
   *
   * @param before what this run's judge did in earlier processes
   */
  public static Labeler open(StageContext context, LabelerWork before) {
    String judge = context.recipe().evaluation().judge().orElseThrow();
    return switch (judge) {
      case EvaluationSection.TRUTH ->
          new TruthLabeler(
              Truths.named(context.recipe().data().truth().orElseThrow()),
              context.recipe().feedback().truthSlope());
      case FeedbackSection.BEHIND_SERVER ->
          EndpointLabeler.open(
              context.recipe().evaluation().endpoint(),
              // Hidden, since it is no result: an evaluation made again pays under another name.
              context.folder().stage(Stage.EVALUATION).resolve(".payer"),
              context.constitution(),
              before,
              context.listener()::note);
      default ->
          OwningLabeler.load(
              Path.of(judge),
              context.constitution(),
              context.model().form(),
              context.model().decoder().dtype(),
              context.model().decoder().device());
    };
  }
}
