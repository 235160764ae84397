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
import io.arete.rlaif.text.Ids;
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
    Generator generator = new Generator(model.decoder(), adapters, model.endOfTurn(), MAX_RUNNING);
    List<List<Request>> turns = requests.stream().map(request -> turns(request, draws)).toList();
    List<List<io.arete.engine.generate.Reply>> sampled =
        generator.generateTurns(turns, sampling, reply -> {});
    List<Conversation> conversations = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      List<Reply> replies = new ArrayList<>();
      requests.get(i).action().ifPresent(replies::add);
      sampled.get(i).forEach(result -> replies.add(reply(result)));
      conversations.add(conversation(requests.get(i), replies));
    }
    return conversations;
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
              draws.at(request.prompt().id()).at(request.sample()).at(facet.wireName())));
      lead = new int[0];
    }
    return turns;
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
