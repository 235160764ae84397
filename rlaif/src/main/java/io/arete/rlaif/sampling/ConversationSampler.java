package io.arete.rlaif.sampling;

import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.text.ConversationPieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Samples conversations turn by turn, all of a batch at once. */
public final class ConversationSampler {

  private static final int MAX_RUNNING = 64;

  private final ChatModel model;
  private final ConversationPieces pieces;
  private final Map<Facet, Integer> maxReplyTokens;
  private final Sampling sampling;

  /**
   * A sampler.
   *
   * @param maxReplyTokens longest reply by facet, the end-of-turn token included
   */
  public ConversationSampler(
      ChatModel model,
      ConversationPieces pieces,
      Map<Facet, Integer> maxReplyTokens,
      Sampling sampling) {
    this.model = model;
    this.pieces = pieces;
    this.maxReplyTokens = new EnumMap<>(maxReplyTokens);
    this.sampling = sampling;
  }

  /**
   * Samples conversations in the order of the requests.
   *
   * @param adapters who speaks, frozen
   * @param draws key of the draws; prompt, sample and facet are added here
   */
  public List<Conversation> sample(
      List<ConversationRequest> requests, Adapters adapters, CountedRandom draws) {
    return sampleWithLogProbs(requests, adapters, draws).stream()
        .map(SampledConversation::conversation)
        .toList();
  }

  /** As {@link #sample}, with the log-probabilities that the tokens were drawn with. */
  public List<SampledConversation> sampleWithLogProbs(
      List<ConversationRequest> requests, Adapters adapters, CountedRandom draws) {
    Generator generator = new Generator(model.decoder(), adapters, model.endOfTurn(), MAX_RUNNING);
    List<List<Reply>> replies = new ArrayList<>();
    List<Map<Facet, double[]>> logProbs = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      replies.add(new ArrayList<>());
      logProbs.add(new EnumMap<>(Facet.class));
    }
    for (Facet facet : Facet.values()) {
      turn(requests, replies, logProbs, facet, generator, draws);
    }
    List<SampledConversation> sampled = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      sampled.add(
          new SampledConversation(conversation(requests.get(i), replies.get(i)), logProbs.get(i)));
    }
    return sampled;
  }

  private void turn(
      List<ConversationRequest> requests,
      List<List<Reply>> replies,
      List<Map<Facet, double[]>> logProbs,
      Facet facet,
      Generator generator,
      CountedRandom draws) {
    List<Integer> asked = new ArrayList<>();
    List<Request> generated = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      ConversationRequest request = requests.get(i);
      if (facet == Facet.ACTION && request.action().isPresent()) {
        replies.get(i).add(request.action().get());
        continue;
      }
      asked.add(i);
      generated.add(
          new Request(
              pieces.before(request.prompt(), facet, replies.get(i)),
              Objects.requireNonNull(maxReplyTokens.get(facet)),
              draws.at(request.prompt().id()).at(request.sample()).at(facet.wireName())));
    }
    List<io.arete.engine.generate.Reply> results = generator.generate(generated, sampling);
    for (int i = 0; i < asked.size(); i++) {
      replies.get(asked.get(i)).add(reply(results.get(i)));
      logProbs.get(asked.get(i)).put(facet, results.get(i).logProbs());
    }
  }

  private Reply reply(io.arete.engine.generate.Reply result) {
    return new Reply(
        model.tokenizer().decode(result.content()),
        Arrays.stream(result.ids()).boxed().toList(),
        result.ended() == io.arete.engine.generate.Reply.Ended.TURN
            ? Reply.Ended.TURN
            : Reply.Ended.LENGTH);
  }

  private static Conversation conversation(ConversationRequest request, List<Reply> replies) {
    Map<Facet, Reply> byFacet = new EnumMap<>(Facet.class);
    List<Facet> facets = List.of(Facet.values());
    for (int i = 0; i < replies.size(); i++) {
      byFacet.put(facets.get(i), replies.get(i));
    }
    return new Conversation(
        request.prompt().id(),
        request.sample(),
        byFacet,
        request.action().isPresent() ? Conversation.Source.HUMAN : Conversation.Source.MODEL);
  }
}
