package io.arete.rlaif.feedback;

import io.arete.engine.chat.ChatModel;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.Timekeeper;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
      case COMMITTEE -> committee(context, settings.committee());
    };
  }

  /** The labeler as it labels after the calibration: members of a committee get their weights. */
  static Labeler calibrated(Labeler labeler, List<JudgedPair> known, VoteAveraging averaging) {
    return labeler instanceof Committee committee
        ? committee.weighed(MemberWeights.of(known, averaging))
        : labeler;
  }

  private static Labeler committee(StageContext context, List<String> names) {
    Map<String, Labeler> members = new LinkedHashMap<>();
    try {
      for (String name : names) {
        members.put(
            memberName(name, members.keySet()),
            name.equals(FeedbackSection.BASE)
                ? local(context.model(), context.constitution())
                : local(context, Path.of(name)));
      }
      return new Committee(members);
    } catch (RuntimeException e) {
      members.values().forEach(Labeler::close);
      throw e;
    }
  }

  /** The last name of its folder, with a number where others have the same. */
  private static String memberName(String folder, Set<String> taken) {
    String name = String.valueOf(Path.of(folder).getFileName());
    String free = name;
    for (int number = 2; taken.contains(free); number++) {
      free = name + "-" + number;
    }
    return free;
  }

  private static Labeler endpoint(StageContext context, LabelerWork before) {
    EndpointSettings settings = context.recipe().feedback().endpoint();
    context.listener().note(EndpointEstimate.of(context).sentence(settings));
    // Hidden, since it is no result: a run made again pays under another name.
    Path runFile = context.folder().stage(Stage.FEEDBACK).resolve(".payer");
    return EndpointLabeler.open(
        EndpointClient.open(settings, System.getenv(), runFile, Timekeeper.SYSTEM),
        context.constitution(),
        settings.votes(),
        before.questions(),
        context.listener()::note);
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
