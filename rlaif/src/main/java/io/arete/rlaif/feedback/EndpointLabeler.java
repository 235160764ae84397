package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.endpoint.ChatAnswer;
import io.arete.rlaif.endpoint.ChatRequest;
import io.arete.rlaif.endpoint.EndpointClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A model behind an OpenAI-compatible server as labeler: by the log-probabilities of its first
 * token where the server tells them, else by sampled replies that are counted.
 *
 * <p>It is asked what {@link LocalLabeler} asks, and answers in the same form.
 */
public final class EndpointLabeler implements Labeler {

  private final EndpointClient client;
  private final JudgeQuestions questions;
  private final AnswerWords words;
  private final int votes;
  private final long questionsBefore;
  private final Consumer<String> notes;
  private LabelerWork work = LabelerWork.NONE;

  private EndpointLabeler(
      EndpointClient client,
      Constitution constitution,
      int votes,
      long questionsBefore,
      Consumer<String> notes) {
    this.client = client;
    this.questions = new JudgeQuestions(constitution);
    this.words = new AnswerWords(constitution.judge());
    this.votes = votes;
    this.questionsBefore = questionsBefore;
    this.notes = notes;
  }

  /**
   * A labeler; asks the server whether it tells log-probabilities, unless that is known.
   *
   * @param client owned from here on
   * @param votes replies sampled of each question if it does not
   * @param questionsBefore asked by this run in earlier processes: what is bought and what is found
   *     is told by a question's place in the run
   * @throws AreteException if the server cannot be asked, or gives no log-probabilities and votes
   *     is 0
   */
  public static EndpointLabeler open(
      EndpointClient client,
      Constitution constitution,
      int votes,
      long questionsBefore,
      Consumer<String> notes) {
    try {
      if (constitution.judge().reasoning().isPresent()) {
        throw new AreteException(
            "the constitution "
                + constitution.name()
                + " asks a judge to reason first, which is not asked of an endpoint; take"
                + " judge.reasoning out, or feedback.source: local");
      }
      boolean logProbs = client.tellsLogProbs();
      if (!logProbs && votes == 0) {
        throw new AreteException(
            "the server of feedback.endpoint.url gives no log-probabilities of "
                + client.model()
                + "; set feedback.endpoint.votes to count sampled replies instead");
      }
      if (!logProbs) {
        notes.accept(
            "the server gives no log-probabilities: "
                + votes
                + " replies are sampled for each question and counted");
      }
      return new EndpointLabeler(
          client, constitution, logProbs ? 0 : votes, questionsBefore, notes);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  @Override
  public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
    int replies = Math.max(1, votes);
    List<ChatRequest> requests = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      for (List<Message> question : questions.of(comparison)) {
        ask(question, requests);
      }
    }
    long firstPlace = (questionsBefore + work.questions()) * replies;
    List<Optional<EndpointClient.Asked>> asked = client.ask(requests, firstPlace);
    client.troubles().ifPresent(notes);
    count(asked, asked.size() / replies);
    List<Optional<Judgement>> judgements = new ArrayList<>();
    int each = questions.each() * replies;
    for (int i = 0; i < comparisons.size(); i++) {
      judgements.add(judgement(asked.subList(i * each, (i + 1) * each)));
    }
    return judgements;
  }

  @Override
  public LabelerWork work() {
    return work;
  }

  @Override
  public void close() {
    client.close();
  }

  private void ask(List<Message> question, List<ChatRequest> requests) {
    if (votes == 0) {
      requests.add(client.firstToken(question));
    }
    for (int number = 1; number <= votes; number++) {
      requests.add(ChatRequest.sample(client.model(), question, number));
    }
  }

  private void count(List<Optional<EndpointClient.Asked>> asked, int count) {
    PaidWork paid = PaidWork.NONE;
    for (Optional<EndpointClient.Asked> one : asked) {
      if (one.isPresent()) {
        boolean bought = one.get().bought();
        long tokens = bought ? one.get().answer().tokens() : 0;
        paid =
            paid.plus(new PaidWork(bought ? 1 : 0, bought ? 0 : 1, tokens, votes == 0 ? 0 : 1, 0));
      }
    }
    work = work.plus(new LabelerWork(count, 0, 0, paid));
  }

  /** Empty if one of the questions is longer than the model can read. */
  private Optional<Judgement> judgement(List<Optional<EndpointClient.Asked>> asked) {
    if (asked.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<ChatAnswer> answers = asked.stream().map(one -> one.orElseThrow().answer()).toList();
    List<AnswerWords.Reading> read = new ArrayList<>();
    int replies = Math.max(1, votes);
    for (int from = 0; from < answers.size(); from += replies) {
      read.add(
          votes == 0
              ? words.ofLogProbs(answers.get(from))
              : words.ofReplies(answers.subList(from, from + replies)));
    }
    long oneListed = read.stream().filter(AnswerWords.Reading::oneListed).count();
    work = work.plus(new LabelerWork(0, 0, 0, new PaidWork(0, 0, 0, 0, oneListed)));
    List<Double> logOdds = read.stream().map(AnswerWords.Reading::logOdds).toList();
    double mass = read.stream().mapToDouble(AnswerWords.Reading::mass).average().orElseThrow();
    int failures = (int) read.stream().filter(one -> one.mass() == 0).count();
    return Optional.of(new Judgement(questions.votes(logOdds), mass, failures));
  }
}
