package io.arete.rlaif.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A judge behind a real HTTP server. What it says depends on the question alone. */
public final class JudgeServer extends ScriptedServer {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final boolean logProbs;

  /**
   * Starts the server.
   *
   * @param logProbs whether it tells them
   */
  public JudgeServer(boolean logProbs) {
    this.logProbs = logProbs;
  }

  @Override
  protected String answer(String body) {
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
}
