package io.arete.rlaif.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.ScriptedServer;
import io.arete.rlaif.endpoint.VirtualTime;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Models behind a real HTTP server, who speak by a script: what is said depends on the request
 * alone.
 */
public final class TalkServer extends ScriptedServer {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int PATIENT_SECONDS = 60;

  private final Function<Talk, String> script;
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
  }

  /** How many answered requests were to that model. */
  public int answered(String model) {
    return (int)
        answered().stream().filter(body -> body.contains("\"model\":\"" + model + "\"")).count();
  }

  /** A client of that model, whose waiting takes no time. */
  public EndpointClient client(String model, Path folder) {
    return client(model, folder, PATIENT_SECONDS);
  }

  /** The same, which gives an answer up after so many seconds. */
  public EndpointClient client(String model, Path folder, int timeoutSeconds) {
    return EndpointClient.open(
        settings(url(), model, folder.resolve("cache"), timeoutSeconds),
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
  protected Optional<UnaryOperator<ResponseDefinitionBuilder>> refusal(String body) {
    return refused.entrySet().stream()
        .filter(one -> body.contains(one.getKey()))
        .findFirst()
        .map(Map.Entry::getValue);
  }

  @Override
  protected String answer(String body) {
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
}
