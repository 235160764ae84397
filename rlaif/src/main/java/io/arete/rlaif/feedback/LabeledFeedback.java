package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Preferences of a labeler: conversations are sampled and compared with others on their prompt,
 * facet by facet.
 */
final class LabeledFeedback {

  /** Two conversations on one prompt and facet. */
  private record Candidate(Prompt prompt, Facet facet, Conversation first, Conversation second) {

    String id() {
      return PairName.of(first, second).toString();
    }
  }

  private final StageContext context;
  private final ConversationSampler sampler;
  private final Labeler labeler;
  private final FeedbackLog log;
  private final long chunksBefore;
  private final FeedbackSection settings;
  private final JudgeTexts texts;
  private final CountedRandom draws;

  /**
   * Ready to begin or to go on.
   *
   * @param chunksBefore chunks of the log that are the calibration's
   */
  LabeledFeedback(
      StageContext context,
      ConversationSampler sampler,
      Labeler labeler,
      FeedbackLog log,
      long chunksBefore) {
    this.context = context;
    this.sampler = sampler;
    this.labeler = labeler;
    this.log = log;
    this.chunksBefore = chunksBefore;
    this.settings = context.recipe().feedback();
    this.texts = new JudgeTexts(context.constitution());
    this.draws = context.draws(Stage.FEEDBACK);
  }

  /**
   * Does what is left.
   *
   * @param speaker the model after supervised fine-tuning
   */
  void run(StackedModel speaker) {
    List<Prompt> prompts = FeedbackPrompts.choose(context.data(), settings.prompts());
    if (prompts.isEmpty()) {
      throw new AreteException(
          "no prompt is left to train or watch on; give more prompts or lower data.verdict_share");
    }
    int size = settings.batch();
    context.listener().begin("conversations and their labels", "prompts", prompts.size());
    Chunks.run(
        prompts,
        size,
        chunksBefore,
        log.chunks(),
        context.listener(),
        chunk -> label(chunk, speaker));
  }

  private LabelerWork label(List<Prompt> prompts, StackedModel speaker) {
    int samples = settings.samples();
    List<ConversationRequest> requests = ConversationRequest.each(prompts, samples);
    List<Conversation> conversations = sampler.sample(requests, speaker, draws);
    conversations.forEach(log::append);
    List<PairScheme.Two> compared = PairScheme.compared(settings.pairs(), samples);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      for (PairScheme.Two two : compared) {
        Conversation first = conversations.get(i * samples + two.first());
        Conversation second = conversations.get(i * samples + two.second());
        for (Facet facet : Facet.values()) {
          candidates.add(new Candidate(prompts.get(i), facet, first, second));
        }
      }
    }
    LabelerWork before = labeler.work();
    List<Optional<SoftLabel>> labels = judge(candidates);
    keep(candidates, labels, compared);
    return labeler.work().since(before);
  }

  /** Labels in the order of the candidates; empty where the labeler could not read one. */
  private List<Optional<SoftLabel>> judge(List<Candidate> candidates) {
    List<Optional<Judgement>> said =
        labeler.judge(
            candidates.stream()
                .map(
                    candidate ->
                        texts.comparison(
                            candidate.prompt(),
                            candidate.facet(),
                            candidate.first(),
                            candidate.second()))
                .toList());
    for (int i = 0; i < said.size(); i++) {
      Candidate candidate = candidates.get(i);
      JudgedPair judged =
          new JudgedPair(candidate.id(), candidate.facet(), Optional.empty(), said.get(i));
      log.append(context.folder().judgements(), judged.toJson());
    }
    return said.stream()
        .map(judgement -> judgement.map(one -> one.label(averaging(settings))))
        .toList();
  }

  /** Writes what the scheme keeps of each prompt and facet, without ties. */
  private void keep(
      List<Candidate> candidates, List<Optional<SoftLabel>> labels, List<PairScheme.Two> compared) {
    int facets = Facet.values().length;
    int ofPrompt = compared.size() * facets;
    Set<Integer> kept = new TreeSet<>();
    for (int from = 0; from < candidates.size(); from += ofPrompt) {
      for (int facet = from; facet < from + facets; facet++) {
        double[] logOdds = new double[compared.size()];
        for (int i = 0; i < logOdds.length; i++) {
          logOdds[i] = labels.get(facet + i * facets).map(SoftLabel::logOdds).orElse(Double.NaN);
        }
        for (int i : PairScheme.kept(settings.pairs(), settings.samples(), compared, logOdds)) {
          kept.add(facet + i * facets);
        }
      }
    }
    for (int i : kept) {
      labels
          .get(i)
          .filter(label -> !label.isTie(settings.tieThreshold()))
          .ifPresent(label -> log.append(preference(candidates.get(i), label)));
    }
  }

  private PreferencePair preference(Candidate candidate, SoftLabel label) {
    return new PreferencePair(
        candidate.id(),
        candidate.prompt().id(),
        candidate.facet(),
        candidate.first().sample(),
        candidate.second().sample(),
        label.p(),
        label.logOdds(),
        source(settings.source()),
        false);
  }

  private static PreferencePair.Source source(FeedbackSection.Source source) {
    return switch (source) {
      case HUMAN -> PreferencePair.Source.HUMAN;
      case LOCAL -> PreferencePair.Source.LOCAL;
      case ENDPOINT -> PreferencePair.Source.ENDPOINT;
      case TRUTH -> PreferencePair.Source.TRUTH;
      case COMMITTEE -> PreferencePair.Source.COMMITTEE;
    };
  }

  /** The recipe's word as the formula's. */
  static VoteAveraging averaging(FeedbackSection settings) {
    return switch (settings.average()) {
      case LOG_ODDS -> VoteAveraging.LOG_ODDS;
      case PROBABILITY -> VoteAveraging.PROBABILITY;
    };
  }
}
