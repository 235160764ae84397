package io.arete.rlaif.sampling;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
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
   * @param speaker who speaks, with the tokenizer of the sampler's model
   * @param draws key of the draws; prompt, sample and facet are added here
   */
  public List<Conversation> sample(
      List<ConversationRequest> requests, StackedModel speaker, CountedRandom draws) {
    return sample(requests, speaker, draws, () -> {});
  }

  /**
   * As the other.
   *
   * @param replied called once for each reply as it ends, by one thread at a time
   */
  public List<Conversation> sample(
      List<ConversationRequest> requests,
      StackedModel speaker,
      CountedRandom draws,
      Runnable replied) {
    return run(requests, speaker, draws, replied).stream()
        .map(SampledConversation::conversation)
        .toList();
  }

  /** As {@link #sample}, with the log-probabilities that the tokens were drawn with. */
  public List<SampledConversation> sampleWithLogProbs(
      List<ConversationRequest> requests, StackedModel speaker, CountedRandom draws) {
    return run(requests, speaker, draws, () -> {});
  }

  private List<SampledConversation> run(
      List<ConversationRequest> requests,
      StackedModel speaker,
      CountedRandom draws,
      Runnable replied) {
    Generator generator =
        new Generator(speaker.decoder(), speaker.adapters(), model.endOfTurn(), MAX_RUNNING);
    List<List<Request>> turns = requests.stream().map(request -> turns(request, draws)).toList();
    List<List<io.arete.engine.generate.Reply>> results =
        generator.generateTurns(turns, sampling, reply -> replied.run());
    List<SampledConversation> sampled = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      sampled.add(conversation(requests.get(i), results.get(i)));
    }
    return sampled;
  }

  /** One turn a sampled reply; a given action is part of what the first one reads. */
  private List<Request> turns(ConversationRequest request, CountedRandom draws) {
    List<Request> turns = new ArrayList<>();
    int[] lead = pieces.prompt(request.prompt());
    for (Facet facet : Facet.values()) {
      int[] read = Ids.concat(lead, pieces.question(facet));
      if (facet == Facet.ACTION && request.action().isPresent()) {
        lead = Ids.concat(read, pieces.closed(request.action().get()));
        continue;
      }
      turns.add(
          new Request(
              read,
              Objects.requireNonNull(maxReplyTokens.get(facet)),
              draws.at(request.drawnAs()).at(request.sample()).at(facet.wireName())));
      lead = new int[0];
    }
    return turns;
  }

  private SampledConversation conversation(
      ConversationRequest request, List<io.arete.engine.generate.Reply> results) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    Map<Facet, double[]> logProbs = new EnumMap<>(Facet.class);
    Iterator<io.arete.engine.generate.Reply> next = results.iterator();
    for (Facet facet : Facet.values()) {
      if (facet == Facet.ACTION && request.action().isPresent()) {
        replies.put(facet, request.action().get());
      } else {
        io.arete.engine.generate.Reply result = next.next();
        replies.put(facet, reply(result));
        logProbs.put(facet, result.logProbs());
      }
    }
    Conversation conversation =
        new Conversation(
            request.prompt().id(),
            request.sample(),
            replies,
            request.action().isPresent() ? Conversation.Source.HUMAN : Conversation.Source.MODEL);
    return new SampledConversation(conversation, logProbs);
  }

  private Reply reply(io.arete.engine.generate.Reply result) {
    return new Reply(
        model.tokenizer().decode(result.content()),
        Arrays.stream(result.ids()).boxed().toList(),
        result.ended() == io.arete.engine.generate.Reply.Ended.TURN
            ? Reply.Ended.TURN
            : Reply.Ended.LENGTH);
  }
}
