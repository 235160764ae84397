package io.arete.rlaif.ppo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a look at the policy on watch prompts showed. The same prompts are asked with the same draws
 * at every look, so that looks can be compared prompt by prompt.
 *
 * @param iteration after which it was taken; 0 = before the first
 * @param greedy prompts whose greedy action was compared with the reference's
 * @param unchanged how many of these were the same
 * @param proxy scores of one conversation a prompt by the models that reward, z units
 * @param watch scores of the same by the watch reward models, if there are any
 * @param truth mean of what the same are really worth, if somebody knows
 */
public record PolicyLook(
    long iteration,
    int greedy,
    int unchanged,
    List<Double> proxy,
    Optional<List<Double>> watch,
    OptionalDouble truth) {

  private static final String ITERATION = "iteration";
  private static final String GREEDY = "greedy";
  private static final String UNCHANGED = "unchanged";
  private static final String PROXY = "proxy_scores";
  private static final String WATCH = "watch_scores";
  private static final String TRUTH = "truth";

  /** Copies the lists. */
  public PolicyLook {
    proxy = List.copyOf(proxy);
    watch = watch.map(List::copyOf);
  }

  /** The mean of the watch scores, if there are any. */
  public OptionalDouble watchScore() {
    return watch.map(scores -> OptionalDouble.of(mean(scores))).orElseGet(OptionalDouble::empty);
  }

  /** What can be drawn over the iterations, by name. */
  Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("proxy", mean(proxy));
    watchScore().ifPresent(score -> numbers.put("watch", score));
    truth.ifPresent(worth -> numbers.put(TRUTH, worth));
    if (greedy > 0) {
      numbers.put("unchanged_share", (double) unchanged / greedy);
    }
    return numbers;
  }

  /** The look as a line of {@code looks.jsonl}. */
  ObjectNode toJson() {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put(ITERATION, iteration)
            .put(GREEDY, greedy)
            .put(UNCHANGED, unchanged)
            .put("n", proxy.size())
            .put("proxy", mean(proxy));
    watchScore().ifPresent(score -> row.put("watch", score));
    truth.ifPresent(worth -> row.put(TRUTH, worth));
    proxy.forEach(row.putArray(PROXY)::add);
    watch.ifPresent(scores -> scores.forEach(row.putArray(WATCH)::add));
    return row;
  }

  /**
   * Reads such a line.
   *
   * @throws AreteException if it has no scores
   */
  static PolicyLook ofJson(ObjectNode row) {
    if (!row.path(ITERATION).isIntegralNumber() || !row.path(PROXY).isArray()) {
      throw new AreteException("a look needs " + ITERATION + " and " + PROXY);
    }
    return new PolicyLook(
        row.path(ITERATION).asLong(),
        row.path(GREEDY).asInt(),
        row.path(UNCHANGED).asInt(),
        numbers(row.path(PROXY)),
        row.has(WATCH) ? Optional.of(numbers(row.path(WATCH))) : Optional.empty(),
        row.has(TRUTH) ? OptionalDouble.of(row.path(TRUTH).asDouble()) : OptionalDouble.empty());
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static double mean(List<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
