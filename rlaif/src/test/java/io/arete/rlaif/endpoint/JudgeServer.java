package io.arete.rlaif.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A judge behind a real HTTP server. What it says depends on the question alone; faults can be put
 * in front of its answers; it remembers every request.
 */
public final class JudgeServer implements AutoCloseable, ResponseDefinitionTransformerV2 {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PATH = "/v1/chat/completions";

  private final boolean logProbs;
  private final WireMockServer server;
  private final Deque<UnaryOperator<ResponseDefinitionBuilder>> faults = new ArrayDeque<>();
  private final List<String> answered = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();
  private int requests;
  private Consumer<String> listener = body -> {};

  /**
   * Starts the server.
   *
   * @param logProbs whether it tells them
   */
  public JudgeServer(boolean logProbs) {
    this.logProbs = logProbs;
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

  /** Where its API begins. */
  public String url() {
    return "http://127.0.0.1:" + server.port() + "/v1";
  }

  /** The next request gets this instead of an answer; then the one after it, and so on. */
  public synchronized void fail(UnaryOperator<ResponseDefinitionBuilder> fault) {
    faults.add(fault);
  }

  /** Bodies of the requests that were answered, in their order. */
  public synchronized List<String> answered() {
    return List.copyOf(answered);
  }

  /** Requests that came, answered or not. */
  public synchronized int requests() {
    return requests;
  }

  /** Authorization headers that came. */
  public synchronized List<String> headers() {
    return List.copyOf(headers);
  }

  /** Is told the body of every request before it is answered. */
  public synchronized void tell(Consumer<String> other) {
    listener = other;
  }

  @Override
  public String getName() {
    return "judge";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    String body = event.getRequest().getBodyAsString();
    UnaryOperator<ResponseDefinitionBuilder> fault;
    synchronized (this) {
      requests++;
      headers.add(
          Optional.ofNullable(event.getRequest().getHeader("Authorization")).orElse("none"));
      fault = faults.poll();
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

  private String answer(String body) {
    try {
      JsonNode asked = MAPPER.readTree(body);
      String question = asked.path("messages").path(0).path("content").asText();
      ObjectNode root = MAPPER.createObjectNode();
      ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
      double p = likeliness(question);
      int seed = asked.path("seed").asInt();
      boolean saysFirst = (question.hashCode() * 31 + seed * 7919) % 100 / 100.0 < 2 * p - 1;
      choice.putObject("message").put("role", "assistant").put("content", saysFirst ? "A." : " B");
      if (logProbs && asked.path("logprobs").asBoolean()) {
        ObjectNode first = choice.putObject("logprobs").putArray("content").addObject();
        first.put("token", "A").put("logprob", Math.log(0.5 * p));
        ArrayNode top = first.putArray("top_logprobs");
        top.addObject().put("token", "A").put("logprob", Math.log(0.5 * p));
        top.addObject().put("token", " A").put("logprob", Math.log(0.4 * p));
        top.addObject().put("token", "B").put("logprob", Math.log(0.9 * (1 - p)));
        top.addObject().put("token", "The").put("logprob", Math.log(0.05));
      }
      root.putObject("usage").put("prompt_tokens", 40).put("total_tokens", 41);
      return root.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From 0.1 to 0.9, by the question. */
  private static double likeliness(String question) {
    return 0.1 + 0.8 * Math.floorMod(question.hashCode(), 1000) / 1000;
  }

  @Override
  public void close() {
    server.stop();
  }
}
