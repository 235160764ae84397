package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Split;
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
   * People's labels.
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
      row.set("replies", replies(facet));
    }
    return root;
  }

  /** A labeler's labels, and how far it agrees with people. */
  ObjectNode labeled(LabelerWork work) {
    ObjectNode root = head(settings.source().name().toLowerCase(Locale.ROOT));
    root.set("labeler", labeler(work));
    List<JudgedPair> judged = judged(FeedbackLog.judgements(context.folder()));
    ObjectNode facets = root.putObject("facets");
    for (Facet facet : Facet.values()) {
      ObjectNode row = tally(judged.stream().filter(pair -> pair.facet() == facet).toList());
      row.put("kept", preferences(context.folder(), facet).size());
      row.set("replies", replies(facet));
      facets.set(facet.wireName(), row);
    }
    List<JudgedPair> known = judged(FeedbackLog.calibration(context.folder()));
    if (!known.isEmpty()) {
      root.putObject("calibration").set(Facet.ACTION.wireName(), calibration(known));
    }
    return root;
  }

  private ObjectNode labeler(LabelerWork work) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("questions", work.questions());
    if (settings.source() == FeedbackSection.Source.ENDPOINT) {
      PaidWork paid = work.paid();
      return row.put("model", settings.endpoint().model().orElseThrow())
          .put("answers", paid.sampledReplies() == 0 ? "log_probabilities" : "votes")
          .put("requests", paid.requests())
          .put("cache_hits", paid.cacheHits())
          .put("paid_tokens", paid.tokens());
    }
    return row.put("tokens_computed", work.tokensComputed())
        .put("tokens_one_by_one", work.tokensOneByOne())
        .put("tokens_saved", work.tokensSaved());
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

  private ObjectNode tally(List<JudgedPair> pairs) {
    List<Judgement> judgements =
        pairs.stream().map(JudgedPair::judgement).flatMap(Optional::stream).toList();
    LabelTally tally =
        new LabelTally(judgements, LabeledFeedback.averaging(settings), settings.tieThreshold());
    return LabelTallyJson.write(tally, pairs.size() - judgements.size());
  }

  /** A label of exactly one half agrees with nobody. */
  private ObjectNode calibration(List<JudgedPair> pairs) {
    ObjectNode row = tally(pairs);
    int read = 0;
    int agree = 0;
    int undecided = 0;
    for (JudgedPair pair : pairs) {
      if (pair.judgement().isPresent() && pair.firstPreferred().isPresent()) {
        double p = pair.judgement().get().label(LabeledFeedback.averaging(settings)).p();
        boolean first = pair.firstPreferred().get();
        read++;
        undecided += p == 0.5 ? 1 : 0;
        agree += first ? (p > 0.5 ? 1 : 0) : (p < 0.5 ? 1 : 0);
      }
    }
    if (read > 0) {
      row.set("agrees_with_people", ShareJson.of(agree, read));
      row.put("undecided", undecided);
    }
    return row;
  }

  private static List<PreferencePair> preferences(RunFolder folder, Facet facet) {
    return JsonLines.readAppended(
        folder.preferences(facet), (line, row) -> Optional.of(PreferencePair.ofJson(row)));
  }

  private static List<JudgedPair> judged(Path file) {
    return JsonLines.readAppended(file, (line, row) -> Optional.of(JudgedPair.ofJson(row)));
  }
}
