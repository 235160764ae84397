package io.arete.rlaif.feedback;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the labeler with a {@link Yardstick} on pairs that are not among those it will label,
 * before it labels any: what cannot be trusted shall cost as little as possible.
 */
final class Calibration {

  /** A pair and what the yardstick says; empty if it prefers neither. */
  private record Known(String id, Comparison comparison, Optional<Boolean> firstPreferred) {}

  private final StageContext context;
  private final ConversationSampler sampler;
  private final Labeler labeler;
  private final FeedbackLog log;
  private final JudgeTexts texts;
  private final CountedRandom draws;
  private final Yardstick yardstick;

  Calibration(StageContext context, ConversationSampler sampler, Labeler labeler, FeedbackLog log) {
    this.context = context;
    this.sampler = sampler;
    this.labeler = labeler;
    this.log = log;
    this.texts = new JudgeTexts(context.constitution());
    this.draws = context.draws(Stage.FEEDBACK);
    this.yardstick = Yardstick.of(context);
  }

  /** How many chunks of the log are the calibration's. */
  long chunks() {
    int pairs =
        switch (yardstick) {
          case NOBODY -> 0;
          case PEOPLE -> CalibrationPairs.peoples(context).size();
          case TRUTH -> CalibrationPairs.places(context).size();
        };
    return Chunks.count(pairs, batch());
  }

  /**
   * Does what is left.
   *
   * @param speaker the model after supervised fine-tuning
   */
  void run(StackedModel speaker) {
    switch (yardstick) {
      case NOBODY -> {}
      case PEOPLE -> {
        List<HumanPair> pairs = CalibrationPairs.peoples(context);
        context.listener().begin("labeler against people", "pairs", pairs.size());
        Chunks.run(
            pairs, batch(), 0, log.chunks(), context.listener(), chunk -> judge(peoples(chunk)));
      }
      case TRUTH -> {
        Truth truth = Truths.named(context.recipe().data().truth().orElseThrow());
        List<CalibrationPrompts.Place> places = CalibrationPairs.places(context);
        context.listener().begin("labeler against the truth", "pairs", places.size());
        Chunks.run(
            places,
            batch(),
            0,
            log.chunks(),
            context.listener(),
            chunk -> judge(sampled(chunk, speaker, truth)));
      }
    }
  }

  private int batch() {
    return context.recipe().feedback().batch();
  }

  private List<Known> peoples(List<HumanPair> pairs) {
    List<Known> known = new ArrayList<>();
    for (HumanPair pair : pairs) {
      boolean keeps = PairOrder.keeps(draws, pair.id());
      Comparison comparison = texts.actions(pair.prompt(), pair.chosen(), pair.rejected());
      known.add(
          new Known(
              pair.id(),
              keeps ? comparison : comparison.swapped(),
              Optional.of(keeps).filter(first -> pair.p() > 0.5)));
    }
    return known;
  }

  private List<Known> sampled(
      List<CalibrationPrompts.Place> places, StackedModel speaker, Truth truth) {
    List<ConversationRequest> requests = new ArrayList<>();
    for (CalibrationPrompts.Place place : places) {
      for (int sample = 2 * place.pair(); sample <= 2 * place.pair() + 1; sample++) {
        requests.add(new ConversationRequest(place.prompt(), sample, Optional.empty()));
      }
    }
    List<Conversation> said = sampler.sample(requests, speaker, draws.at("calibration"));
    said.forEach(
        one -> log.append(FeedbackLog.calibrationConversations(context.folder()), one.toJson()));
    List<Known> known = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Conversation first = said.get(2 * i);
      Conversation second = said.get(2 * i + 1);
      String id = PairName.of(first, second).toString();
      for (Facet facet : Facet.values()) {
        Comparison pair = texts.comparison(places.get(i).prompt(), facet, first, second);
        Optional<Boolean> preferred =
            TruthLabeler.lead(truth, facet, pair.conversations())
                .filter(lead -> lead != 0)
                .map(lead -> lead > 0);
        known.add(new Known(id, pair, preferred));
      }
    }
    return known;
  }

  private LabelerWork judge(List<Known> pairs) {
    LabelerWork before = labeler.work();
    List<Optional<Judgement>> said = labeler.judge(pairs.stream().map(Known::comparison).toList());
    for (int i = 0; i < said.size(); i++) {
      Known pair = pairs.get(i);
      JudgedPair judged =
          new JudgedPair(pair.id(), pair.comparison().facet(), pair.firstPreferred(), said.get(i));
      log.append(FeedbackLog.calibration(context.folder()), judged.toJson());
    }
    return labeler.work().since(before);
  }
}
