package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run's own labeler, asked again after its feedback, where it has shown that it can be trusted.
 */
public final class TrustedLabeler {

  private TrustedLabeler() {}

  /**
   * Whether there is one that costs nothing to ask: people are not here, and a server's answers are
   * paid for.
   */
  public static boolean isHere(StageContext context) {
    FeedbackSection settings = context.recipe().feedback();
    return settings.source() != FeedbackSection.Source.HUMAN && !settings.asksEndpoint();
  }

  /** The facets on which it agreed with people or the truth as the gate on that asks. */
  public static List<Facet> facets(StageContext context) {
    double least = context.recipe().gates().labels().agreementLow();
    JsonNode known =
        JsonFile.readIfThere(FeedbackStage.agreement(context.folder())).path("calibration");
    List<Facet> trusted = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode row = known.path(facet.wireName());
      double low =
          Math.max(
              row.path("agrees_with_people").path("low").asDouble(),
              row.path("agrees_with_truth").path("low").asDouble());
      if (low > least) {
        trusted.add(facet);
      }
    }
    return trusted;
  }

  /** The probability that the first is better, by comparison; nothing where it cannot be read. */
  public static List<Optional<Double>> judge(StageContext context, List<Comparison> comparisons) {
    FeedbackSection settings = context.recipe().feedback();
    VoteAveraging averaging = LabeledFeedback.averaging(settings);
    try (Labeler opened = Labelers.open(context, LabelerWork.NONE)) {
      Labeler labeler =
          opened.calibrated(Agreement.judged(FeedbackLog.calibration(context.folder())), averaging);
      return labeler.judge(comparisons).stream()
          .map(said -> said.map(one -> one.label(averaging).p()))
          .toList();
    }
  }
}
