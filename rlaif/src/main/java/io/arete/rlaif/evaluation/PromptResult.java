package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Prompt;
import java.util.ArrayList;
import java.util.List;

/**
 * One system on one prompt.
 *
 * @param promptId of the prompt
 * @param conversations its samples, in their order; at least one
 */
public record PromptResult(String promptId, List<ScoredConversation> conversations) {

  /** Copies the conversations. */
  public PromptResult {
    conversations = List.copyOf(conversations);
    if (conversations.isEmpty()) {
      throw new AreteException("a prompt's result needs at least one conversation");
    }
  }

  /** Lines of conversations that lie prompt by prompt, as many for each. */
  public static List<ObjectNode> rows(List<Prompt> prompts, List<ScoredConversation> scored) {
    int samples = scored.size() / prompts.size();
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      PromptResult result =
          new PromptResult(prompts.get(i).id(), scored.subList(i * samples, (i + 1) * samples));
      rows.add(result.toJson(prompts.get(i)));
    }
    return rows;
  }

  /** The mean of an outcome over the samples: the prompt's one number. */
  public double mean(Outcome outcome) {
    return conversations.stream().mapToDouble(outcome::of).average().orElseThrow();
  }

  /** A line of a system's file: the prompt, its conversations with scores, the means. */
  public ObjectNode toJson(Prompt prompt) {
    ObjectNode row = prompt.toJson();
    ObjectNode means = row.putObject("mean");
    for (Outcome outcome : Outcome.values()) {
      means.put(outcome.wireName(), mean(outcome));
    }
    ArrayNode list = row.putArray("conversations");
    conversations.forEach(scored -> list.add(scored.toJson()));
    return row;
  }

  static PromptResult ofJson(JsonNode row) {
    List<ScoredConversation> conversations = new ArrayList<>();
    row.path("conversations").forEach(one -> conversations.add(ScoredConversation.ofJson(one)));
    return new PromptResult(row.path("id").asText(), conversations);
  }
}
