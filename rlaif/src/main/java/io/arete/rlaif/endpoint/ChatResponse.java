package io.arete.rlaif.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in a server's responses; they are not trusted. */
final class ChatResponse {

  // A little above 0 is rounding.
  private static final double LARGEST = 1e-3;
  private static final int SHOWN = 300;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
              .build());

  /** More than any model reads and writes at once: then the server's word is not taken. */
  private static final long MOST_TOKENS = 1L << 32;

  private ChatResponse() {}

  /** The answer; empty if the response is not JSON of the known form. */
  static Optional<ChatAnswer> answer(byte[] body, ChatRequest request, ApiKey key) {
    JsonNode root = json(body);
    JsonNode choice = root.path("choices").path(0);
    if (!choice.path("message").isObject()) {
      return Optional.empty();
    }
    String text = key.hide(choice.path("message").path("content").asText(""));
    long told = root.path("usage").path("total_tokens").asLong();
    long tokens = told > 0 && told < MOST_TOKENS ? told : request.estimatedTokens();
    boolean cut = choice.path("finish_reason").asText().equals("length");
    return Optional.of(new ChatAnswer(text, first(choice, key), tokens, cut));
  }

  /** What the server says is wrong, short enough to be shown, on one line and without the key. */
  static String complaint(byte[] body, ApiKey key) {
    JsonNode error = json(body).path("error");
    String said = error.isTextual() ? error.asText() : error.path("message").asText("");
    String text = said.isEmpty() ? new String(body, StandardCharsets.UTF_8) : said;
    // Hidden before anything is cut off, or a part of it could be left.
    return shown(key.hide(text));
  }

  /** Whether the server says that the question is longer than its model can read. */
  static boolean isTooLong(byte[] body) {
    JsonNode error = json(body).path("error");
    String code = error.path("code").asText() + " " + error.path("type").asText();
    String message = error.path("message").asText();
    return code.contains("context_length_exceeded")
        || code.contains("exceed_context_size")
        || message.contains("maximum context length")
        || message.contains("exceeds the available context size");
  }

  /** A text of bounded length on one line. */
  static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+", " ").strip();
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN - 3) + "...";
  }

  private static List<TokenLogProb> first(JsonNode choice, ApiKey key) {
    JsonNode begin = choice.path("logprobs").path("content").path(0);
    List<TokenLogProb> tokens = new ArrayList<>();
    for (JsonNode node : begin.path("top_logprobs")) {
      add(tokens, node, key);
    }
    boolean listed =
        tokens.stream().anyMatch(one -> one.token().equals(begin.path("token").asText()));
    if (!listed && !tokens.isEmpty()) {
      add(tokens, begin, key); // The sampled token need not be among the likeliest.
    }
    return tokens;
  }

  private static void add(List<TokenLogProb> tokens, JsonNode node, ApiKey key) {
    double logProb = node.path("logprob").asDouble(Double.NaN);
    if (node.path("token").isTextual() && Double.isFinite(logProb) && logProb <= LARGEST) {
      tokens.add(new TokenLogProb(key.hide(node.path("token").textValue()), logProb));
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode root = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      return root == null ? MissingNode.getInstance() : root;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
