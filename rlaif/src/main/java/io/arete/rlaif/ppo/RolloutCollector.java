package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.sampling.SampledConversation;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.TrainedTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Samples a round's conversations from the policy and has them scored. */
final class RolloutCollector {

  private final ConversationSampler sampler;
  private final ConversationPieces pieces;
  private final PpoSection settings;
  private final RolloutScorer scorer;

  RolloutCollector(
      ChatModel model, ConversationPieces pieces, PpoSection settings, RolloutScorer scorer) {
    this.sampler =
        new ConversationSampler(model, pieces, settings.maxReplyTokens(), Sampling.plain());
    this.pieces = pieces;
    this.settings = settings;
    this.scorer = scorer;
  }

  /**
   * The rollouts of a round; those of one prompt lie side by side.
   *
   * @param policy who speaks, frozen
   * @param draws key of the round's draws
   */
  List<Rollout> collect(List<Prompt> prompts, StackedModel policy, CountedRandom draws) {
    List<ConversationRequest> requests = requests(prompts);
    List<SampledConversation> sampled = sampler.sampleWithLogProbs(requests, policy, draws);
    List<Prompt> asked = requests.stream().map(ConversationRequest::prompt).toList();
    List<Conversation> conversations =
        sampled.stream().map(SampledConversation::conversation).toList();
    List<RolloutScore> scores = scorer.score(asked, conversations);
    List<Rollout> rollouts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      rollouts.add(rollout(asked.get(i), sampled.get(i), scores.get(i)));
    }
    return rollouts;
  }

  /** A prompt that comes twice in a round gets new sample numbers, so that its draws differ. */
  private List<ConversationRequest> requests(List<Prompt> prompts) {
    Map<String, Integer> taken = new HashMap<>();
    List<ConversationRequest> requests = new ArrayList<>();
    for (Prompt prompt : prompts) {
      for (int i = 0; i < settings.samplesPerPrompt(); i++) {
        int sample = taken.merge(prompt.id(), 1, Integer::sum) - 1;
        requests.add(new ConversationRequest(prompt, sample, Optional.empty()));
      }
    }
    return requests;
  }

  private Rollout rollout(Prompt prompt, SampledConversation sampled, RolloutScore score) {
    Conversation conversation = sampled.conversation();
    TrainedTokens tokens = TrainedTokens.of(pieces, prompt, conversation, settings.trainTurns());
    double[] logprobs =
        TrainedTokens.facets(settings.trainTurns()).stream()
            .flatMapToDouble(facet -> Arrays.stream(logprobs(sampled, facet)))
            .toArray();
    return new Rollout(prompt, conversation, tokens, logprobs, score);
  }

  private static double[] logprobs(SampledConversation sampled, Facet facet) {
    return Objects.requireNonNull(sampled.logProbs().get(facet));
  }
}
