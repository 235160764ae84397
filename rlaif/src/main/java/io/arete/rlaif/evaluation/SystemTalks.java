package io.arete.rlaif.evaluation;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the systems of a run say to prompts, with the scores of its reward models. */
final class SystemTalks {

  private final StageContext context;
  private final int samples;
  private final ConversationPieces pieces;
  private final ConversationSampler sampler;
  private final RunScorer scorer;
  // The key names no system: all of them get the same draws.
  private final CountedRandom draws;

  /**
   * Talks by a run's recipe.
   *
   * @param samples conversations of each prompt
   * @param scorer borrowed
   */
  SystemTalks(StageContext context, int samples, RunScorer scorer) {
    this.context = context;
    this.samples = samples;
    this.scorer = scorer;
    this.pieces = new ConversationPieces(context.model().encoder(), context.constitution());
    this.sampler =
        new ConversationSampler(
            context.model(), pieces, context.recipe().ppo().maxReplyTokens(), Sampling.plain());
    this.draws =
        CountedRandom.of(context.recipe().evaluation().seed()).at(Stage.EVALUATION.wireName());
  }

  /**
   * Scored conversations, prompt by prompt.
   *
   * @param model the system's
   * @param reference the model before PPO, from which the tuned one's divergence is told
   */
  List<ScoredConversation> of(
      TestedSystem system, List<Prompt> prompts, StackedModel model, StackedModel reference) {
    return switch (system) {
      case TUNED ->
          withDivergence(prompts, talk(system, prompts, samples, model), model, reference);
      case BEST_OF_N -> {
        int candidates = samples * context.recipe().evaluation().bestOf();
        yield BestOfChoice.of(talk(system, prompts, candidates, model), prompts.size(), samples);
      }
      default -> talk(system, prompts, samples, model);
    };
  }

  private List<ScoredConversation> talk(
      TestedSystem system, List<Prompt> prompts, int each, StackedModel model) {
    SystemRules rules = new SystemRules(context.recipe().attack().rule());
    List<ConversationRequest> requests = new ArrayList<>();
    List<Prompt> asked = new ArrayList<>();
    for (Prompt prompt : prompts) {
      Prompt put = system.ruled() ? rules.over(prompt) : prompt;
      for (int sample = 0; sample < each; sample++) {
        requests.add(new ConversationRequest(put, prompt.id(), sample, Optional.empty()));
        asked.add(prompt);
      }
    }
    // Whoever scores sees the prompt as it was put, and never the rules.
    return scorer.score(asked, SystemRules.under(asked, sampler.sample(requests, model, draws)));
  }

  private List<ScoredConversation> withDivergence(
      List<Prompt> prompts,
      List<ScoredConversation> scored,
      StackedModel tuned,
      StackedModel reference) {
    List<Facet> trained =
        context.recipe().ppo().trainTurns() == PpoSection.TrainTurns.ALL
            ? List.of(Facet.values())
            : List.of(Facet.ACTION);
    List<Prompt> eachPrompt =
        prompts.stream().flatMap(one -> Collections.nCopies(samples, one).stream()).toList();
    List<Conversation> said = scored.stream().map(ScoredConversation::conversation).toList();
    double[] nats = new ReplyDivergence(pieces, trained).of(eachPrompt, said, tuned, reference);
    List<ScoredConversation> all = new ArrayList<>();
    for (int i = 0; i < nats.length; i++) {
      all.add(scored.get(i).withKl(nats[i]));
    }
    return all;
  }
}
