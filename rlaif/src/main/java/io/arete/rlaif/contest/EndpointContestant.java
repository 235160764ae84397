package io.arete.rlaif.contest;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.endpoint.ChatAnswer;
import io.arete.rlaif.endpoint.ChatRequest;
import io.arete.rlaif.endpoint.EndpointClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model behind a server, sampled at temperature 1. The seed that goes with a question follows
 * from the seed of the contest and the sample's number; whether a server heeds it is its own
 * affair, but what it answered is kept.
 */
public final class EndpointContestant implements Contestant {

  /** More than a contest has conversations. */
  private static final long FACET_PLACES = 1L << 32;

  private final EndpointClient client;
  private final Constitution constitution;
  private final int maxReplyTokens;
  private final long seed;

  /**
   * A contestant.
   *
   * @param client closed with this
   * @param maxReplyTokens longest reply
   */
  public EndpointContestant(
      EndpointClient client, Constitution constitution, int maxReplyTokens, long seed) {
    this.client = client;
    this.constitution = constitution;
    this.maxReplyTokens = maxReplyTokens;
    this.seed = seed;
  }

  @Override
  public List<Conversation> talk(List<ContestRequest> requests, int firstPlace) {
    List<List<Message>> talks = new ArrayList<>();
    requests.forEach(one -> talks.add(new ArrayList<>(one.put().messages())));
    List<Map<Facet, Reply>> replies =
        requests.stream().<Map<Facet, Reply>>map(one -> new EnumMap<>(Facet.class)).toList();
    for (Facet facet : Facet.values()) {
      constitution
          .question(facet)
          .ifPresent(question -> talks.forEach(talk -> talk.add(Message.user(question))));
      List<Reply> said = ask(requests, talks, place(firstPlace, facet));
      for (int i = 0; i < said.size(); i++) {
        replies.get(i).put(facet, said.get(i));
        talks.get(i).add(Message.assistant(said.get(i).text()));
      }
    }
    return IntStream.range(0, requests.size())
        .mapToObj(
            i ->
                new Conversation(
                    requests.get(i).asked().id(),
                    requests.get(i).sample(),
                    replies.get(i),
                    Conversation.Source.MODEL))
        .toList();
  }

  private List<Reply> ask(List<ContestRequest> requests, List<List<Message>> talks, long place) {
    List<ChatRequest> asked = new ArrayList<>();
    for (int i = 0; i < talks.size(); i++) {
      asked.add(
          ChatRequest.reply(
              client.model(), talks.get(i), maxReplyTokens, 1, seedOf(requests.get(i).sample())));
    }
    List<Optional<EndpointClient.Asked>> answers = client.ask(asked, place);
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String prompt = requests.get(i).asked().firstWords();
      ChatAnswer answer =
          answers
              .get(i)
              .orElseThrow(
                  () ->
                      new AreteException(
                          client.model()
                              + " cannot read a conversation on the prompt \""
                              + prompt
                              + "\": it is longer than its context; take it out of --prompts, or"
                              + " lower --max-new-tokens."))
              .answer();
      replies.add(
          new Reply(
              answer.text().strip(),
              List.of(),
              answer.cut() ? Reply.Ended.LENGTH : Reply.Ended.TURN));
    }
    return replies;
  }

  private int seedOf(int sample) {
    return CountedRandom.of(seed).at("contest").at(sample).below(Integer.MAX_VALUE, 0);
  }

  /** Each facet has places of its own, so that a question's place does not depend on chunks. */
  private static long place(int firstPlace, Facet facet) {
    return FACET_PLACES * List.of(Facet.values()).indexOf(facet) + firstPlace;
  }

  @Override
  public void close() {
    client.close();
  }
}
