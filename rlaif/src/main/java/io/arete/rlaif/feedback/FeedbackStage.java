package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.nio.file.Path;

/**
 * Makes preference pairs: from people's replies, or from sampled conversations that a model judges.
 *
 * <p>Reads the splits, people's pairs and the adapter of supervised fine-tuning (without one, the
 * plain base speaks). A labeler is compared with people or the truth first, and agreement.json
 * tells the result. Then come conversations, preferences by facet and the labeler's every vote, and
 * last of all agreement.json as a whole.
 */
public final class FeedbackStage {

  private FeedbackStage() {}

  /** Runs the stage, or the rest of it if it was cut; nobody looks at the calibration. */
  public static void run(StageContext context) {
    run(context, () -> {});
  }

  /**
   * Runs the stage, or the rest of it if it was cut.
   *
   * @param calibrated called when agreement.json tells how the labeler does on pairs with a known
   *     answer, before it labels any; may halt the stage by throwing. Never called for people's
   *     labels
   */
  public static void run(StageContext context, Runnable calibrated) {
    FeedbackSection settings = context.recipe().feedback();
    ConversationPieces pieces =
        new ConversationPieces(context.model().encoder(), context.constitution());
    ConversationSampler sampler =
        new ConversationSampler(
            context.model(),
            pieces,
            settings.maxReplyTokens(),
            new Sampling.Random(settings.temperature(), 1, 0));
    try (FeedbackLog log = FeedbackLog.open(context.folder());
        StackedModel speaker = context.tuned()) {
      ObjectNode agreement =
          switch (settings.source()) {
            case HUMAN -> human(context, pieces, sampler, log, speaker);
            case LOCAL, ENDPOINT, TRUTH, COMMITTEE ->
                labeled(context, sampler, log, speaker, calibrated);
          };
      write(context.folder(), agreement);
      report(context, agreement);
    }
  }

  /** Where the stage says how far its labels can be trusted. */
  public static Path agreement(RunFolder folder) {
    return folder.stage(Stage.FEEDBACK).resolve("agreement.json");
  }

  private static ObjectNode human(
      StageContext context,
      ConversationPieces pieces,
      ConversationSampler sampler,
      FeedbackLog log,
      StackedModel speaker) {
    int dropped = new HumanFeedback(context, pieces, sampler, log).run(speaker);
    return new Agreement(context).human(dropped);
  }

  private static ObjectNode labeled(
      StageContext context,
      ConversationSampler sampler,
      FeedbackLog log,
      StackedModel speaker,
      Runnable calibrated) {
    try (Labeler labeler = Labelers.open(context, log.work())) {
      Calibration calibration = new Calibration(context, sampler, labeler, log);
      calibration.run(speaker);
      write(context.folder(), new Agreement(context).calibrated(log.work()));
      calibrated.run();
      Labeler trusted =
          labeler.calibrated(
              Agreement.judged(FeedbackLog.calibration(context.folder())),
              LabeledFeedback.averaging(context.recipe().feedback()));
      new LabeledFeedback(context, sampler, trusted, log, calibration.chunks()).run(speaker);
      return new Agreement(context).labeled(log.work());
    }
  }

  private static void write(RunFolder folder, ObjectNode agreement) {
    AtomicFile.writeText(agreement(folder), agreement.toPrettyString() + "\n");
  }

  private static void report(StageContext context, ObjectNode agreement) {
    for (Facet facet : Facet.values()) {
      var row = agreement.path("facets").path(facet.wireName());
      int pairs = row.path("pairs").asInt();
      int kept = row.path("kept").asInt(pairs);
      context
          .listener()
          .note(facet.wireName() + ": " + kept + " preferences kept of " + pairs + " pairs");
    }
  }
}
