package io.arete.rlaif.endpoint;

import io.arete.engine.text.Message;
import io.arete.rlaif.config.EndpointSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings and requests for tests against a {@link JudgeServer}. */
public final class EndpointFixture {

  /** What must be seen nowhere. */
  public static final String KEY = "sk-very-secret-0123456789";

  private EndpointFixture() {}

  /** Settings with room for all, whose cache is in that folder. */
  public static EndpointSettings settings(String url, Path cache, int concurrency) {
    return settings(url, cache, concurrency, 0, 0);
  }

  /** Settings with a budget; 0 = none. */
  public static EndpointSettings settings(
      String url, Path cache, int concurrency, int maxRequests, int maxTokens) {
    return new EndpointSettings(
        Optional.of(URI.create(url)),
        Optional.of("judge-1"),
        Optional.of("JUDGE_KEY"),
        Optional.empty(),
        false,
        concurrency,
        0,
        2,
        20,
        8,
        maxRequests,
        maxTokens,
        Optional.of(cache),
        EndpointSettings.Origin.RECIPE);
  }

  /** A client with the key, whose time is virtual. */
  public static EndpointClient open(EndpointSettings settings, Path runFile) {
    return EndpointClient.open(settings, Map.of("JUDGE_KEY", KEY), runFile, new VirtualTime());
  }

  /** Different questions. */
  public static List<ChatRequest> requests(int count) {
    List<ChatRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(ChatRequest.firstToken("judge-1", List.of(Message.user("Question " + i)), 20));
    }
    return requests;
  }
}
