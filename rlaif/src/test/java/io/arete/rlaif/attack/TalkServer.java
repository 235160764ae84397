package io.arete.rlaif.attack;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.VirtualTime;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Models behind a real HTTP server, who speak by a script: what is said depends on the request
 * alone. Faults can be put in front of the answers; every answered request is remembered.
 */
public final class TalkServer implements AutoCloseable, ResponseDefinitionTransformerV2 {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PATH = "/v1/chat/completions";
  private static final int SHORT_SECONDS = 3;

  private final WireMockServer server;
  private final Function<Talk, String> script;
  private final Deque<UnaryOperator<ResponseDefinitionBuilder>> faults = new ArrayDeque<>();
  private final List<String> answered = new ArrayList<>();
  private final Map<String, UnaryOperator<ResponseDefinitionBuilder>> refused;

  /** What a model is asked. */
  public record Talk(String model, JsonNode messages) {

    /** What the last message says. */
    public String last() {
      return messages.path(messages.size() - 1).path("content").asText();
    }

    /** What the system message says, or nothing. */
    public String system() {
      JsonNode first = messages.path(0);
      return first.path("role").asText().equals("system") ? first.path("content").asText() : "";
    }

    /** How often the model has spoken before. */
    public int turns() {
      int turns = 0;
      for (JsonNode message : messages) {
        turns += message.path("role").asText().equals("assistant") ? 1 : 0;
      }
      return turns;
    }
  }

  /** Starts a server that answers all. */
  public TalkServer(Function<Talk, String> script) {
    this(script, Map.of());
  }

  /**
   * Starts a server.
   *
   * @param refused what becomes of requests whose body contains the key
   */
  public TalkServer(
      Function<Talk, String> script,
      Map<String, UnaryOperator<ResponseDefinitionBuilder>> refused) {
    this.script = script;
    this.refused = refused;
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

  /** How many answered requests were to that model. */
  public int answered(String model) {
    return (int)
        answered().stream().filter(body -> body.contains("\"model\":\"" + model + "\"")).count();
  }

  /** A client of that model, whose waiting takes no time. */
  public EndpointClient client(String model, Path folder) {
    return EndpointClient.open(
        settings(url(), model, folder.resolve("cache"), SHORT_SECONDS),
        Map.of(),
        folder.resolve(model + ".txt"),
        new VirtualTime());
  }

  /** How a model is asked there, two questions at once. */
  public static EndpointSettings settings(
      String url, String model, Path cache, int timeoutSeconds) {
    return new EndpointSettings(
        Optional.of(URI.create(url)),
        Optional.of(model),
        Optional.empty(),
        Optional.empty(),
        false,
        2,
        0,
        timeoutSeconds,
        20,
        8,
        0,
        0,
        Optional.of(cache),
        EndpointSettings.Origin.COMMAND_LINE);
  }

  @Override
  public String getName() {
    return "talk";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    String body = event.getRequest().getBodyAsString();
    ResponseDefinitionBuilder response =
        new ResponseDefinitionBuilder()
            .withHeader("Content-Type", "application/json")
            .withBody(answer(body));
    UnaryOperator<ResponseDefinitionBuilder> fault;
    synchronized (this) {
      fault =
          refused.entrySet().stream()
              .filter(one -> body.contains(one.getKey()))
              .findFirst()
              .map(Map.Entry::getValue)
              .orElseGet(faults::poll);
      if (fault == null) {
        answered.add(body);
      }
    }
    return (fault == null ? response : fault.apply(response)).build();
  }

  private String answer(String body) {
    try {
      JsonNode asked = MAPPER.readTree(body);
      Talk talk = new Talk(asked.path("model").asText(), asked.path("messages"));
      ObjectNode root = MAPPER.createObjectNode();
      ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
      choice.putObject("message").put("role", "assistant").put("content", script.apply(talk));
      root.putObject("usage").put("total_tokens", 41);
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
