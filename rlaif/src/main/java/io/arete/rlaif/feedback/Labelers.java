package io.arete.rlaif.feedback;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.List;

/** The labeler that a recipe asks for. */
final class Labelers {

  private Labelers() {}

  /**
   * Opens it. The caller closes it.
   *
   * @param before what this run's labeler did in earlier processes
   * @throws IllegalArgumentException if people prefer: they are asked by nobody here
   */
  static Labeler open(StageContext context, LabelerWork before) {
    FeedbackSection settings = context.recipe().feedback();
    return switch (settings.source()) {
      case HUMAN -> throw new IllegalArgumentException("people's labels have no labeler");
      case LOCAL ->
          settings
              .judge()
              .map(folder -> local(context, folder))
              .orElseGet(() -> local(context.model(), context.constitution()));
      case ENDPOINT -> endpoint(context, before);
      case TRUTH ->
          new TruthLabeler(
              Truths.named(context.recipe().data().truth().orElseThrow()), settings.truthSlope());
      case COMMITTEE -> committee(context, settings.committee(), before);
    };
  }

  private static Labeler committee(StageContext context, List<String> names, LabelerWork before) {
    return Committee.open(
        names,
        name -> name,
        name ->
            switch (name) {
              case FeedbackSection.BASE -> local(context.model(), context.constitution());
              case FeedbackSection.BEHIND_SERVER -> endpoint(context, before);
              default -> local(context, Path.of(name));
            });
  }

  private static Labeler endpoint(StageContext context, LabelerWork before) {
    EndpointSettings settings = context.recipe().feedback().endpoint();
    // Hidden, since it is no result: a run made again pays under another name.
    Path runFile = context.folder().stage(Stage.FEEDBACK).resolve(".payer");
    EndpointLabeler labeler =
        EndpointLabeler.open(
            settings, runFile, context.constitution(), before, context.listener()::note);
    try {
      context.listener().note(EndpointEstimate.of(context, labeler.lengths()).sentence(settings));
      return labeler;
    } catch (RuntimeException e) {
      labeler.close();
      throw e;
    }
  }

  private static Labeler local(StageContext context, Path folder) {
    ChatModel model = context.model();
    DecoderModel base = model.decoder();
    return OwningLabeler.load(
        folder, context.constitution(), model.form(), base.dtype(), base.device());
  }

  private static Labeler local(ChatModel judge, Constitution constitution) {
    return new LocalLabeler(judge, constitution, LocalLabeler.TOKENS_PER_PASS);
  }
}
