package io.arete.rlaif.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.text.Message;
import io.arete.rlaif.run.Digests;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One question to a model.
 *
 * @param body what is sent, JSON; the same question is always the same text
 * @param estimatedTokens what it may cost at most, prompt and reply, by its length
 */
public record ChatRequest(String body, long estimatedTokens) {

  /** The most that every server of this kind lists. */
  static final int USUAL_TOP = 20;

  /** The longest reply that is sampled as a vote. */
  public static final int REPLY_TOKENS = 16;

  private static final int BYTES_PER_TOKEN = 3;
  private static final int TEMPLATE_TOKENS = 48;

  /**
   * Asks for the likeliest first tokens of the reply, with their log-probabilities.
   *
   * @param top how many
   */
  public static ChatRequest firstToken(String model, List<Message> question, int top) {
    ObjectNode body = body(model, question, 1, 1);
    body.put("logprobs", true).put("top_logprobs", top);
    return new ChatRequest(body.toString(), estimate(question, 1));
  }

  /**
   * Asks for a sampled reply of a few words.
   *
   * @param number of the sample; also its seed, where the server knows seeds
   */
  public static ChatRequest sample(String model, List<Message> question, int number) {
    ObjectNode body = body(model, question, REPLY_TOKENS, 1);
    body.put("top_p", 1).put("seed", number);
    return new ChatRequest(body.toString(), estimate(question, REPLY_TOKENS));
  }

  /**
   * Asks for the likeliest text, as a judge writes it before it answers.
   *
   * @param mostTokens it is cut off there
   */
  public static ChatRequest text(String model, List<Message> question, int mostTokens) {
    ObjectNode body = body(model, question, mostTokens, 0);
    return new ChatRequest(body.toString(), estimate(question, mostTokens));
  }

  /**
   * Asks for a whole reply.
   *
   * @param mostTokens it is cut off there
   * @param temperature of the sampling; 0 = the likeliest text
   * @param seed of the sampling, where the server knows seeds; another one is another question
   */
  public static ChatRequest reply(
      String model, List<Message> question, int mostTokens, double temperature, int seed) {
    ObjectNode body = body(model, question, mostTokens, 0);
    body.put("temperature", temperature).put("top_p", 1).put("seed", seed);
    return new ChatRequest(body.toString(), estimate(question, mostTokens));
  }

  /** What an answer is kept by: the server's address and all that is sent, but not the key. */
  String digest(URI url) {
    return Digests.text(url + "\n" + body);
  }

  private static ObjectNode body(
      String model, List<Message> question, int replyTokens, int temperature) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
    ArrayNode messages = body.putArray("messages");
    for (Message message : question) {
      messages.addObject().put("role", message.role().wireName()).put("content", message.content());
    }
    return body.put("max_tokens", replyTokens).put("temperature", temperature);
  }

  private static long estimate(List<Message> question, int replyTokens) {
    long bytes = 0;
    for (Message message : question) {
      bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes / BYTES_PER_TOKEN + TEMPLATE_TOKENS + replyTokens;
  }
}
