package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All systems in one table: what each is on average by each outcome, and how it differs from the
 * first, paired by prompt. Whatever is compared beside the primary comparison is adjusted together.
 *
 * @param against the system that all others are compared with
 * @param outcomes by name, each system's numbers, one a prompt, in the same order for all
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
public record SystemsTable(
    String against, Map<String, Map<String, double[]>> outcomes, int resamples, long seed) {

  /**
   * The table.
   *
   * @param planned the system whose first outcome was the primary comparison: not adjusted
   * @param besides comparisons that stand elsewhere and belong to the same family
   */
  public ObjectNode toJson(String planned, List<ObjectNode> besides) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("against", against);
    ObjectNode table = root.putObject("outcomes");
    List<ObjectNode> others = new ArrayList<>(besides);
    outcomes.forEach(
        (outcome, systems) -> {
          ObjectNode node = table.putObject(outcome);
          double[] first = Objects.requireNonNull(systems.get(against));
          node.put("n", first.length);
          ObjectNode rows = node.putObject("systems");
          boolean primary = outcome.equals(outcomes.keySet().iterator().next());
          systems.forEach(
              (system, own) -> {
                ObjectNode row = rows.putObject(system);
                row.set("mean", mean(own, draws(outcome).at("mean")));
                if (!system.equals(against)) {
                  ObjectNode difference = compare(outcome, system).toJson();
                  row.set("minus_" + against, difference);
                  if (!primary || !system.equals(planned)) {
                    others.add(difference);
                  }
                }
              });
        });
    AdjustedTogether.write(others);
    return root;
  }

  /** How a system differs from the first by one outcome. */
  public Bootstrap difference(String outcome, String system) {
    return compare(outcome, system).bootstrap();
  }

  private Comparison compare(String outcome, String system) {
    Map<String, double[]> systems = Objects.requireNonNull(outcomes.get(outcome));
    return Comparison.of(
        Objects.requireNonNull(systems.get(against)),
        Objects.requireNonNull(systems.get(system)),
        resamples,
        draws(outcome));
  }

  /** The same prompts are drawn for all systems, and those that the verdict drew. */
  private CountedRandom draws(String outcome) {
    return CountedRandom.of(seed).at("bootstrap").at(against).at(outcome);
  }

  private ObjectNode mean(double[] values, CountedRandom draws) {
    Bootstrap mean =
        Bootstrap.ofPairs(
            new double[values.length], values, resamples, EvaluationPlan.CONFIDENCE, draws);
    return JsonNodeFactory.instance
        .objectNode()
        .put("mean", mean.meanDifference())
        .put("low", mean.interval().low())
        .put("high", mean.interval().high());
  }
}
