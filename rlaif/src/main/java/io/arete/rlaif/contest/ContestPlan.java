package io.arete.rlaif.contest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.SystemRules;
import io.arete.rlaif.run.Digests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is compared, written down before the first reply.
 *
 * @param entries who takes part; the first is what all others are compared with
 * @param prompts at least two
 * @param samples conversations of each prompt and system
 * @param maxReplyTokens longest reply
 * @param constitution the questions, and the judge's wording
 * @param scorer who scores, in words that tell one run's reward models from another's
 * @param judge who judges, as the user named it
 * @param bootstrap resamples
 * @param seed the root of all draws
 * @param out the folder of results
 */
public record ContestPlan(
    List<Entry> entries,
    List<Prompt> prompts,
    int samples,
    int maxReplyTokens,
    Constitution constitution,
    Optional<String> scorer,
    Optional<String> judge,
    int bootstrap,
    long seed,
    Path out) {

  /**
   * One system.
   *
   * @param name what tables and files call it
   * @param from where it is and what decides its replies, in words
   * @param rules that stand in its system prompt
   */
  public record Entry(String name, String from, Optional<SystemRules> rules) {}

  /**
   * Checks that there is something to compare.
   *
   * @throws AreteException if not
   */
  public ContestPlan {
    entries = List.copyOf(entries);
    prompts = List.copyOf(prompts);
    if (prompts.size() < 2) {
      throw new AreteException(
          "--prompts has " + prompts.size() + " prompts but an interval needs at least 2.");
    }
    if (entries.size() < 2) {
      throw new AreteException(
          "--systems names " + entries.size() + " system but a comparison needs at least 2.");
    }
  }

  /** The system that all others are compared with. */
  public String against() {
    return entries.get(0).name();
  }

  /**
   * The system whose comparison with the first is the planned one: the next that has no rules, or
   * the first system under its own.
   */
  String planned() {
    return entries.stream()
        .skip(1)
        .filter(entry -> entry.rules().isEmpty())
        .findFirst()
        .orElse(entries.get(1))
        .name();
  }

  /** One system's conversations, which lie prompt by prompt, by prompt. */
  List<List<Conversation>> byPrompt(List<Conversation> said) {
    return IntStream.range(0, prompts.size())
        .mapToObj(prompt -> said.subList(prompt * samples, (prompt + 1) * samples))
        .toList();
  }

  /** What decides the results. */
  ObjectNode settings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("against", against()).put("planned", planned());
    settings.put("n", prompts.size()).put("samples", samples);
    settings.put("max_new_tokens", maxReplyTokens).put("bootstrap", bootstrap).put("seed", seed);
    settings.put(
        "prompts",
        Digests.text(prompts.stream().map(Prompt::id).collect(Collectors.joining("\n"))));
    settings.put("constitution", Digests.text(constitution.toString()));
    scorer.ifPresent(who -> settings.put("rewards", who));
    judge.ifPresent(who -> settings.put("judge", who));
    ArrayNode systems = settings.putArray("systems");
    for (Entry entry : entries) {
      ObjectNode system = systems.addObject().put("name", entry.name()).put("from", entry.from());
      entry.rules().ifPresent(rules -> system.put("rules", rules.text()));
    }
    return settings;
  }
}
