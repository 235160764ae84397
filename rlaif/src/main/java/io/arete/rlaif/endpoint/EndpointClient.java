package io.arete.rlaif.endpoint;

import io.arete.engine.AreteException;
import io.arete.engine.text.Message;
import io.arete.rlaif.config.EndpointSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks a model behind a server; never the same thing twice. */
public final class EndpointClient implements AutoCloseable {

  private static final String PROBE = "Which letter comes first, A or B? Reply with A or B.";
  // Of the probe, which is asked before the first question.
  private static final long BEFORE_ALL = -1;

  private final URI url;
  private final String model;
  private final EndpointSettings settings;
  private final AnswerCache cache;
  private final PatientSender sender;

  private EndpointClient(
      URI url, String model, EndpointSettings settings, AnswerCache cache, PatientSender sender) {
    this.url = url;
    this.model = model;
    this.settings = settings;
    this.cache = cache;
    this.sender = sender;
  }

  /**
   * An answer.
   *
   * @param bought whether it was paid for at this very place of this run, in this process or an
   *     earlier one; otherwise another run, or an earlier place, has paid
   */
  public record Asked(ChatAnswer answer, boolean bought) {}

  /**
   * A client. It does not connect to anything before it is asked something new.
   *
   * @param settings with url and model
   * @param environment the process's variables: for the key, and for where the cache is
   * @param runFile where the run keeps the name under which it pays
   */
  public static EndpointClient open(
      EndpointSettings settings, Map<String, String> environment, Path runFile, Timekeeper time) {
    URI url = settings.url().orElseThrow();
    String model = settings.model().orElseThrow();
    ApiKey key = ApiKey.read(settings, environment);
    Path root = settings.cache().orElseGet(() -> userCache(environment));
    AnswerCache cache = AnswerCache.open(root, url, model, runFile);
    Duration timeout = Duration.ofSeconds(settings.timeoutSeconds());
    Budget budget =
        new Budget(settings, cache.ownRequests(), cache.ownTokens(), cache.folder().toString());
    PatientSender sender =
        new PatientSender(
            new HttpTransport(url, key, timeout, time),
            new Pace(time, settings.requestsPerMinute()),
            budget,
            "the answers paid so far are kept in " + cache.folder());
    return new EndpointClient(url, model, settings, cache, sender);
  }

  /** The model's name on the server. */
  public String model() {
    return model;
  }

  /** How the server is asked. */
  public EndpointSettings settings() {
    return settings;
  }

  /** Asks for the likeliest first tokens of the reply, as many as the settings say. */
  public ChatRequest firstToken(List<Message> question) {
    return ChatRequest.firstToken(model, question, settings.topLogProbs());
  }

  /** Whether the server tells the log-probabilities of first tokens; asks it once. */
  public boolean tellsLogProbs() {
    ChatRequest probe = firstToken(List.of(Message.user(PROBE)));
    try {
      return ask(List.of(probe), BEFORE_ALL).get(0).stream()
          .anyMatch(asked -> !asked.answer().first().isEmpty());
    } catch (PatientSender.Refused e) {
      // More than is usual may be refused as such, which says nothing of log-probabilities.
      boolean usual = settings.topLogProbs() <= ChatRequest.USUAL_TOP;
      if (usual && e.getMessage() != null && e.getMessage().contains("logprob")) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The answers, in the order of the requests; empty where the question is longer than the model
   * can read.
   *
   * @param firstPlace of the first request among all of this run; the others follow it
   * @throws AreteException if the server does not answer or the budget is spent; answers that came
   *     are kept
   */
  public List<Optional<Asked>> ask(List<ChatRequest> requests, long firstPlace) {
    return ask(
        requests,
        firstPlace,
        failure -> {
          throw failure;
        });
  }

  /**
   * As {@link #ask(List, long)}, but a question that the server does not answer, however often it
   * is asked, has no answer, and the others are asked still.
   *
   * @param lost told why, for each such question
   * @throws AreteException if the server answers nobody, or the budget is spent
   */
  public List<Optional<Asked>> askEach(
      List<ChatRequest> requests, long firstPlace, Consumer<AreteException> lost) {
    return ask(
        requests,
        firstPlace,
        failure -> {
          if (failure.everybody()) {
            throw failure;
          }
          lost.accept(failure);
        });
  }

  private List<Optional<Asked>> ask(
      List<ChatRequest> requests, long firstPlace, Consumer<PatientSender.Refused> refused) {
    List<String> digests = requests.stream().map(request -> request.digest(url)).toList();
    Map<String, Integer> open = new HashMap<>();
    for (int i = 0; i < digests.size(); i++) {
      if (cache.get(digests.get(i)).isEmpty()) {
        open.putIfAbsent(digests.get(i), i);
      }
    }
    List<Integer> places = open.values().stream().sorted().toList();
    try {
      Workers.run(
          settings.concurrency(),
          places,
          (i, stopped) -> {
            try {
              sender
                  .send(requests.get(i), stopped)
                  .ifPresent(answer -> cache.put(digests.get(i), firstPlace + i, answer));
            } catch (PatientSender.Refused e) {
              refused.accept(e);
            }
          });
    } finally {
      cache.force();
    }
    List<Optional<Asked>> answers = new ArrayList<>();
    for (int i = 0; i < digests.size(); i++) {
      long place = firstPlace + i;
      answers.add(
          cache
              .get(digests.get(i))
              .map(paid -> new Asked(paid.answer(), cache.isOwn(paid) && paid.place() == place)));
    }
    return answers;
  }

  /** What had to be sent again since the last call, as a sentence; empty if nothing. */
  public Optional<String> troubles() {
    return sender.troubles();
  }

  @Override
  public void close() {
    cache.close();
  }

  /** Where the launcher keeps what can be had again, too. */
  private static Path userCache(Map<String, String> environment) {
    String given = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
    return caches.resolve("arete").resolve("answers");
  }
}
