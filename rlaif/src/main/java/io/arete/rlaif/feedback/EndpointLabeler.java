package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.endpoint.ChatAnswer;
import io.arete.rlaif.endpoint.ChatRequest;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.Timekeeper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A model behind an OpenAI-compatible server as labeler: by the log-probabilities of its first
 * token where the server tells them, else by sampled replies that are counted. If the constitution
 * asks for reasoning, a request for the rationale goes before.
 *
 * <p>It is asked what {@link LocalLabeler} asks, and answers in the same form.
 */
public final class EndpointLabeler implements Labeler {

  private final EndpointClient client;
  private final JudgeQuestions questions;
  private final AnswerWords words;
  private final Optional<EndpointReasoning> reasoning;
  private final QuestionLengths lengths;
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
    this.reasoning =
        constitution
            .judge()
            .reasoning()
            .map(wording -> new EndpointReasoning(client, questions, wording));
    this.lengths = new QuestionLengths(constitution, votes);
    this.votes = votes;
    this.questionsBefore = questionsBefore;
    this.notes = notes;
  }

  /**
   * A labeler by those settings, in this process's environment and time.
   *
   * @param runFile where the run keeps the name under which it pays
   * @param before what this run's labeler did in earlier processes
   */
  public static EndpointLabeler open(
      EndpointSettings settings,
      Path runFile,
      Constitution constitution,
      LabelerWork before,
      Consumer<String> notes) {
    return open(
        EndpointClient.open(settings, System.getenv(), runFile, Timekeeper.SYSTEM),
        constitution,
        settings.votes(),
        before.paid().questions(),
        notes);
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
      boolean logProbs = client.tellsLogProbs();
      if (!logProbs && votes == 0) {
        throw new AreteException(
            "the server of "
                + client.settings().name("url")
                + " gives no log-probabilities of "
                + client.model()
                + "; set "
                + client.settings().name("votes")
                + " to count sampled replies instead");
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
    List<List<Message>> plain = new ArrayList<>();
    comparisons.forEach(comparison -> plain.addAll(questions.of(comparison)));
    // A question's requests have places of their own, whichever of them are sent.
    long place = (questionsBefore + work.paid().questions()) * lengths.requests();
    List<OpenQuestion> open = plain.stream().map(OpenQuestion::of).toList();
    if (reasoning.isPresent()) {
      List<Optional<EndpointClient.Asked>> written = reasoning.get().ask(plain, place);
      count(written, false);
      open = reasoning.get().continued(plain, written);
      place += plain.size();
    }
    List<Optional<AnswerWords.Reading>> read = answers(open, place);
    client.troubles().ifPresent(notes);
    work = work.plus(paid(new PaidWork(plain.size(), 0, 0, 0, 0, 0), plain.size()));
    List<Optional<Judgement>> judgements = new ArrayList<>();
    int each = questions.each();
    for (int from = 0; from < read.size(); from += each) {
      judgements.add(judgement(open.subList(from, from + each), read.subList(from, from + each)));
    }
    return judgements;
  }

  @Override
  public LabelerWork work() {
    return work;
  }

  @Override
  public Optional<String> cost(Supplier<Stream<Comparison>> comparisons) {
    EndpointEstimate estimate =
        comparisons.get().map(lengths::of).reduce(EndpointEstimate.NOTHING, EndpointEstimate::plus);
    return Optional.of(estimate.sentence(client.settings()));
  }

  /** How long questions are, and how many requests each takes. */
  QuestionLengths lengths() {
    return lengths;
  }

  @Override
  public void close() {
    client.close();
  }

  /** What was read of each question; empty if it is longer than the model can read. */
  private List<Optional<AnswerWords.Reading>> answers(List<OpenQuestion> open, long place) {
    int replies = Math.max(1, votes);
    List<ChatRequest> requests = new ArrayList<>();
    open.stream().flatMap(one -> one.messages().stream()).forEach(one -> request(one, requests));
    List<Optional<EndpointClient.Asked>> asked = client.ask(requests, place);
    count(asked, votes > 0);
    List<Optional<AnswerWords.Reading>> read = new ArrayList<>();
    int from = 0;
    for (OpenQuestion question : open) {
      if (question.messages().isEmpty()) {
        read.add(question.tooLong() ? Optional.empty() : Optional.of(AnswerWords.Reading.NONE));
      } else {
        read.add(reading(asked.subList(from, from + replies)));
        from += replies;
      }
    }
    return read;
  }

  private void request(List<Message> question, List<ChatRequest> requests) {
    if (votes == 0) {
      requests.add(client.firstToken(question));
    }
    for (int number = 1; number <= votes; number++) {
      requests.add(ChatRequest.sample(client.model(), question, number));
    }
  }

  private Optional<AnswerWords.Reading> reading(List<Optional<EndpointClient.Asked>> asked) {
    if (asked.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<ChatAnswer> answers = asked.stream().map(one -> one.orElseThrow().answer()).toList();
    AnswerWords.Reading reading =
        votes == 0 ? words.ofLogProbs(answers.get(0)) : words.ofReplies(answers);
    return Optional.of(reading);
  }

  private void count(List<Optional<EndpointClient.Asked>> asked, boolean sampled) {
    for (Optional<EndpointClient.Asked> one : asked) {
      if (one.isPresent()) {
        boolean bought = one.get().bought();
        long tokens = bought ? one.get().answer().tokens() : 0;
        work =
            work.plus(
                paid(
                    new PaidWork(0, bought ? 1 : 0, bought ? 0 : 1, tokens, sampled ? 1 : 0, 0),
                    0));
      }
    }
  }

  private static LabelerWork paid(PaidWork paid, long questions) {
    return new LabelerWork(questions, 0, 0, paid);
  }

  /** Empty if one of the questions is longer than the model can read. */
  private Optional<Judgement> judgement(
      List<OpenQuestion> asked, List<Optional<AnswerWords.Reading>> found) {
    if (found.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<AnswerWords.Reading> read = found.stream().flatMap(Optional::stream).toList();
    long oneListed = read.stream().filter(AnswerWords.Reading::oneListed).count();
    work = work.plus(paid(new PaidWork(0, 0, 0, 0, 0, oneListed), 0));
    List<Double> logOdds = read.stream().map(AnswerWords.Reading::logOdds).toList();
    List<String> reasons = asked.stream().flatMap(one -> one.rationale().stream()).toList();
    double mass = read.stream().mapToDouble(AnswerWords.Reading::mass).average().orElseThrow();
    int failures = (int) read.stream().filter(one -> one.mass() == 0).count();
    return Optional.of(new Judgement(questions.votes(logOdds, reasons), mass, failures));
  }
}
