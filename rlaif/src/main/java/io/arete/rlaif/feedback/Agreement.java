package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What agreement.json says, made from the lines that the stage wrote: so it is the same however
 * often the stage was cut.
 */
final class Agreement {

  private final StageContext context;
  private final FeedbackSection settings;
  private final List<Conversation> conversations;

  Agreement(StageContext context) {
    this.context = context;
    this.settings = context.recipe().feedback();
    this.conversations =
        JsonLines.readAppended(
            context.folder().conversations(), (line, row) -> Optional.of(Conversation.ofJson(row)));
  }

  /**
   * Labels that came with the data.
   *
   * @param dropped pairs with a reply that is too long
   */
  ObjectNode human(int dropped) {
    ObjectNode root = head("human");
    List<PreferencePair> actions = preferences(context.folder(), Facet.ACTION);
    root.put("pairs", actions.size());
    root.putObject("dropped").put("reply_too_long", dropped);
    if (!actions.isEmpty()) {
      int first = (int) actions.stream().filter(pair -> pair.p() > 0.5).count();
      root.set("chosen_stands_first", ShareJson.of(first, actions.size()));
    }
    ObjectNode facets = root.putObject("facets");
    for (Facet facet : Facet.values()) {
      List<PreferencePair> pairs = preferences(context.folder(), facet);
      ObjectNode row = facets.putObject(facet.wireName());
      row.put("pairs", pairs.size());
      row.put("inherited", pairs.stream().filter(PreferencePair::inherited).count());
      row.put("soft", pairs.stream().filter(pair -> pair.p() > 0 && pair.p() < 1).count());
      row.set("replies", replies(facet));
    }
    return root;
  }

  /** What is known before the labeler labels: how far it agrees with people or the truth. */
  ObjectNode calibrated(LabelerWork work) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("source", source());
    root.set("labeler", json(work));
    calibration().addTo(root);
    return root;
  }

  /** A labeler's labels, and how far they can be trusted. */
  ObjectNode labeled(LabelerWork work) {
    ObjectNode root = head(source());
    root.set("labeler", json(work));
    CalibrationReport calibration = calibration();
    Optional<TrueLeads> truth = truth();
    List<JudgedPair> judged = judged(context.folder().judgements());
    ObjectNode facets = root.putObject("facets");
    for (Facet facet : Facet.values()) {
      List<PreferencePair> labels = preferences(context.folder(), facet);
      ObjectNode row =
          LabelTallyJson.of(
              judged.stream().filter(pair -> pair.facet() == facet).toList(), settings);
      row.put("kept", labels.size());
      row.set("replies", replies(facet));
      calibration.wrong(facet, labels).ifPresent(wrong -> row.set("wrong_by_estimate", wrong));
      truth
          .flatMap(known -> known.wrong(facet, labels))
          .ifPresent(wrong -> row.set("wrong_by_truth", wrong));
      facets.set(facet.wireName(), row);
    }
    calibration.addTo(root);
    truth
        .flatMap(known -> calibration.againstBest(judged, known))
        .ifPresent(gain -> root.set("committee_minus_best", gain));
    return root;
  }

  private CalibrationReport calibration() {
    return new CalibrationReport(context, judged(FeedbackLog.calibration(context.folder())));
  }

  private String source() {
    return settings.source().name().toLowerCase(Locale.ROOT);
  }

  private ObjectNode json(LabelerWork work) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("questions", work.questions());
    if (settings.asksEndpoint()) {
      row.put("model", settings.endpoint().model().orElseThrow());
      work.paid().report(row);
    }
    return settings.source() == FeedbackSection.Source.ENDPOINT
        ? row
        : row.put("tokens_computed", work.tokensComputed())
            .put("tokens_one_by_one", work.tokensOneByOne())
            .put("tokens_saved", work.tokensSaved());
  }

  private Optional<TrueLeads> truth() {
    return context
        .recipe()
        .data()
        .truth()
        .map(
            name -> new TrueLeads(Truths.named(name), context.data().promptsById(), conversations));
  }

  private ObjectNode head(String source) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("source", source);
    Set<String> asked = new HashSet<>();
    conversations.forEach(conversation -> asked.add(conversation.promptId()));
    ObjectNode prompts = root.putObject("prompts");
    for (Split split : List.of(Split.TRAIN, Split.WATCH)) {
      prompts.put(
          split.wireName(),
          context.data().prompts(split).stream()
              .filter(prompt -> asked.contains(prompt.id()))
              .count());
    }
    return root.put("conversations", conversations.size());
  }

  private ObjectNode replies(Facet facet) {
    Map<String, List<Conversation>> byPrompt = new LinkedHashMap<>();
    conversations.forEach(
        one -> byPrompt.computeIfAbsent(one.promptId(), id -> new ArrayList<>()).add(one));
    List<List<Conversation>> pairs = new ArrayList<>();
    byPrompt
        .values()
        .forEach(
            samples ->
                compared(samples.size())
                    .forEach(
                        two ->
                            pairs.add(
                                List.of(samples.get(two.first()), samples.get(two.second())))));
    return ReplyTally.of(facet, conversations, pairs).toJson();
  }

  /** Of people's pairs, two samples that follow each other belong together. */
  private List<PairScheme.Two> compared(int samples) {
    return settings.source() == FeedbackSection.Source.HUMAN
        ? IntStream.range(0, samples / 2)
            .mapToObj(i -> new PairScheme.Two(2 * i, 2 * i + 1))
            .toList()
        : PairScheme.compared(settings.pairs(), samples);
  }

  private static List<PreferencePair> preferences(RunFolder folder, Facet facet) {
    return JsonLines.readAppended(
        folder.preferences(facet), (line, row) -> Optional.of(PreferencePair.ofJson(row)));
  }

  static List<JudgedPair> judged(Path file) {
    return JsonLines.readAppended(file, (line, row) -> Optional.of(JudgedPair.ofJson(row)));
  }
}
