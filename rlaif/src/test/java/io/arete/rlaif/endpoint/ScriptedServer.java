package io.arete.rlaif.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A real HTTP server with the interface of chat completions. What it says depends on the request
 * alone; faults can be put in front of its answers; it remembers every request.
 */
public abstract class ScriptedServer implements AutoCloseable, ResponseDefinitionTransformerV2 {

  private static final String PATH = "/v1/chat/completions";

  private final WireMockServer server;
  private final Deque<UnaryOperator<ResponseDefinitionBuilder>> faults = new ArrayDeque<>();
  private final List<String> answered = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();
  private int requests;
  private Consumer<String> listener = body -> {};

  /** Starts the server. */
  @SuppressWarnings("this-escape") // Nobody asks before the constructors have ended.
  protected ScriptedServer() {
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .disableRequestJournal()
                .extensions(this));
    server.start();
    server.stubFor(post(urlEqualTo(PATH)).willReturn(new ResponseDefinitionBuilder()));
  }

  /** The body of the answer to a request's. */
  protected abstract String answer(String body);

  /** What becomes of a request for its own sake, before any fault that waits; usually nothing. */
  protected Optional<UnaryOperator<ResponseDefinitionBuilder>> refusal(String body) {
    return Optional.empty();
  }

  /** Where its API begins. */
  public final String url() {
    return "http://127.0.0.1:" + server.port() + "/v1";
  }

  /** The next request gets this instead of an answer; then the one after it, and so on. */
  public final synchronized void fail(UnaryOperator<ResponseDefinitionBuilder> fault) {
    faults.add(fault);
  }

  /** Bodies of the requests that were answered, in their order. */
  public final synchronized List<String> answered() {
    return List.copyOf(answered);
  }

  /** Requests that came, answered or not. */
  public final synchronized int requests() {
    return requests;
  }

  /** Authorization headers that came. */
  public final synchronized List<String> headers() {
    return List.copyOf(headers);
  }

  /** Is told the body of every request before it is answered. */
  public final synchronized void tell(Consumer<String> other) {
    listener = other;
  }

  @Override
  public final String getName() {
    return "scripted";
  }

  @Override
  public final ResponseDefinition transform(ServeEvent event) {
    String body = event.getRequest().getBodyAsString();
    UnaryOperator<ResponseDefinitionBuilder> fault;
    synchronized (this) {
      requests++;
      headers.add(
          Optional.ofNullable(event.getRequest().getHeader("Authorization")).orElse("none"));
      fault = refusal(body).orElseGet(faults::poll);
      if (fault == null) {
        answered.add(body);
      }
      listener.accept(body);
    }
    ResponseDefinitionBuilder response =
        new ResponseDefinitionBuilder()
            .withHeader("Content-Type", "application/json")
            .withBody(answer(body));
    return (fault == null ? response : fault.apply(response)).build();
  }

  @Override
  public final void close() {
    server.stop();
  }
}
