package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.stats.Summary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the systems' replies are really worth, from −1 to 1. The prompt is the unit; its number is
 * the mean over its samples. The ensemble is the run's rule on the facets' worths.
 *
 * @param truth who knows
 * @param rule how facets become one
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
record TruthSummary(Truth truth, EnsembleRule rule, int resamples, long seed) {

  private static final String ENSEMBLE = "ensemble";
  private static final List<String> OUTCOMES =
      List.of(
          ENSEMBLE,
          Facet.ACTION.wireName(),
          Facet.MOTIVATION.wireName(),
          Facet.CONSEQUENCES.wireName());

  /** A prompt's numbers by outcome. */
  private record PromptWorth(Map<String, Double> means) {}

  /**
   * The numbers of an evaluation.
   *
   * @param prompts of the evaluation, in the order of the results
   * @param groups what prompts are told apart by
   * @return nothing if fewer than two of the prompts are known to the truth
   */
  Optional<ObjectNode> of(
      List<Prompt> prompts,
      Map<String, String> groups,
      Map<TestedSystem, List<PromptResult>> results) {
    int[] known = known(prompts, results);
    if (known.length < 2) {
      return Optional.empty();
    }
    Map<TestedSystem, List<PromptWorth>> worths = new EnumMap<>(TestedSystem.class);
    Map<TestedSystem, List<PromptWorth>> swapped = new EnumMap<>(TestedSystem.class);
    results.forEach(
        (system, rows) -> {
          worths.put(system, read(prompts, rows, known, 0));
          swapped.put(system, read(prompts, rows, known, 1));
        });
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("name", truth.name());
    root.put("n", known.length);
    root.set("outcomes", outcomes(worths));
    root.set("tuned_minus_base", differences(TestedSystem.BASE, worths));
    if (worths.containsKey(TestedSystem.SFT)) {
      root.set("tuned_minus_sft", differences(TestedSystem.SFT, worths));
    }
    // A reply that would do for any prompt is worth as much under another one.
    root.set("swapped", outcomes(swapped));
    Map<String, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < known.length; i++) {
      String group = groups.getOrDefault(prompts.get(known[i]).id(), "");
      places.computeIfAbsent(group, key -> new ArrayList<>()).add(i);
    }
    if (places.size() > 1) {
      ObjectNode byGroup = root.putObject("groups");
      places.forEach((group, own) -> byGroup.set(group, group(own, worths)));
    }
    return Optional.of(root);
  }

  private ObjectNode group(List<Integer> places, Map<TestedSystem, List<PromptWorth>> worths) {
    Map<TestedSystem, List<PromptWorth>> own = new EnumMap<>(TestedSystem.class);
    worths.forEach((system, all) -> own.put(system, places.stream().map(all::get).toList()));
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("n", places.size());
    node.set("outcomes", outcomes(own));
    if (places.size() > 1) {
      node.set("tuned_minus_base", differences(TestedSystem.BASE, own));
    }
    return node;
  }

  /**
   * Each known prompt's id with the worth of every system's ensemble, for whoever compares runs
   * prompt by prompt.
   */
  List<ObjectNode> lines(List<Prompt> prompts, Map<TestedSystem, List<PromptResult>> results) {
    List<ObjectNode> lines = new ArrayList<>();
    for (int i : known(prompts, results)) {
      Prompt prompt = prompts.get(i);
      ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", prompt.id());
      results.forEach(
          (system, rows) ->
              line.put(
                  system.wireName(),
                  worth(prompt, rows.get(i)).orElseThrow().means().get(ENSEMBLE)));
      lines.add(line);
    }
    return lines;
  }

  /** Each system's worths by the ensemble's rule, one a prompt that the truth knows. */
  Map<TestedSystem, double[]> worths(
      List<Prompt> prompts, Map<TestedSystem, List<PromptResult>> results) {
    int[] known = known(prompts, results);
    Map<TestedSystem, double[]> worths = new EnumMap<>(TestedSystem.class);
    results.forEach(
        (system, rows) -> worths.put(system, each(read(prompts, rows, known, 0), ENSEMBLE)));
    return worths;
  }

  private int[] known(List<Prompt> prompts, Map<TestedSystem, List<PromptResult>> results) {
    List<PromptResult> base = Objects.requireNonNull(results.get(TestedSystem.BASE));
    return IntStream.range(0, prompts.size())
        .filter(i -> worth(prompts.get(i), base.get(i)).isPresent())
        .toArray();
  }

  /** Each known prompt's replies, read as answers to the known prompt that many places on. */
  private List<PromptWorth> read(
      List<Prompt> prompts, List<PromptResult> rows, int[] known, int shift) {
    List<PromptWorth> worths = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      Prompt prompt = prompts.get(known[(i + shift) % known.length]);
      worths.add(worth(prompt, rows.get(known[i])).orElseThrow());
    }
    return worths;
  }

  private Optional<PromptWorth> worth(Prompt prompt, PromptResult row) {
    Map<String, Double> sums = new TreeMap<>();
    for (ScoredConversation scored : row.conversations()) {
      Optional<Map<Facet, Double>> worth = truth.worth(prompt, scored.conversation());
      if (worth.isEmpty()) {
        return Optional.empty();
      }
      worth.get().forEach((facet, value) -> sums.merge(facet.wireName(), value, Double::sum));
      sums.merge(ENSEMBLE, new EnsembleScore(worth.get(), rule.ofTruth()).value(), Double::sum);
    }
    sums.replaceAll((outcome, sum) -> sum / row.conversations().size());
    return Optional.of(new PromptWorth(sums));
  }

  private static ObjectNode outcomes(Map<TestedSystem, List<PromptWorth>> worths) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (String outcome : OUTCOMES) {
      ObjectNode means = node.putObject(outcome);
      worths.forEach(
          (system, all) -> means.put(system.wireName(), Summary.of(each(all, outcome)).mean()));
    }
    return node;
  }

  private ObjectNode differences(TestedSystem first, Map<TestedSystem, List<PromptWorth>> worths) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (String outcome : OUTCOMES) {
      CountedRandom draws = CountedRandom.of(seed).at("truth").at(first.wireName()).at(outcome);
      node.set(
          outcome,
          Comparison.difference(
              each(Objects.requireNonNull(worths.get(first)), outcome),
              each(Objects.requireNonNull(worths.get(TestedSystem.TUNED)), outcome),
              resamples,
              draws));
    }
    return node;
  }

  private static double[] each(List<PromptWorth> worths, String outcome) {
    return worths.stream()
        .mapToDouble(one -> Objects.requireNonNull(one.means().get(outcome), outcome))
        .toArray();
  }
}
