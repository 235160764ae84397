package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.HierarchicalBootstrap;
import io.arete.rlaif.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A number with its 95 % interval.
 *
 * @param prompts over how many
 * @param seeds over how many models; 1 = one model, and the interval is about that one alone
 * @param betweenSeeds standard deviation of the models' own numbers; 0 for one
 * @param smallestDetectable the smallest true value that would show in 80 of 100 cases
 * @param timesToTell how many times as many seeds and prompts would show this value; empty if no
 *     number that could be made, or of one model
 */
record Measured(
    double value,
    Interval interval,
    int prompts,
    int seeds,
    double betweenSeeds,
    double smallestDetectable,
    OptionalInt timesToTell) {

  private static final double CONFIDENCE = 0.95;

  /** Of one model, over prompts; nothing if there are fewer than two. */
  static Optional<Measured> ofModel(
      Map<String, Double> byPrompt, int resamples, CountedRandom random) {
    if (byPrompt.size() < 2) {
      return Optional.empty();
    }
    double[] values = byPrompt.values().stream().mapToDouble(Double::doubleValue).toArray();
    Bootstrap found =
        Bootstrap.ofPairs(new double[values.length], values, resamples, CONFIDENCE, random);
    return Optional.of(
        new Measured(
            found.meanDifference(),
            found.interval(),
            values.length,
            1,
            0,
            found.smallestDetectableDifference(),
            OptionalInt.empty()));
  }

  /**
   * Of a recipe, over models of several seeds and the prompts that all of them were asked; nothing
   * if there are fewer than three models or two such prompts.
   */
  static Optional<Measured> ofRecipe(
      List<Map<String, Double>> models, int resamples, CountedRandom random) {
    if (models.size() < HierarchicalBootstrap.LEAST_SEEDS) {
      return Optional.empty();
    }
    List<String> prompts = new ArrayList<>(models.get(0).keySet());
    models.forEach(model -> prompts.retainAll(model.keySet()));
    if (prompts.size() < 2) {
      return Optional.empty();
    }
    double[][] values = new double[models.size()][prompts.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < prompts.size(); j++) {
        values[i][j] = Objects.requireNonNull(models.get(i).get(prompts.get(j)));
      }
    }
    HierarchicalBootstrap found = HierarchicalBootstrap.of(values, resamples, CONFIDENCE, random);
    return Optional.of(
        new Measured(
            found.meanDifference(),
            found.interval(),
            found.prompts(),
            found.seeds(),
            found.betweenSeeds(),
            found.smallestDetectableDifference(),
            found.timesToTell()));
  }

  ObjectNode toJson() {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("value", value)
            .put("low", interval.low())
            .put("high", interval.high())
            .put("prompts", prompts)
            .put("seeds", seeds);
    return seeds > 1 ? row.put("sd_between_seeds", betweenSeeds) : row;
  }

  /** The number with its interval, with a sign if it is a difference. */
  String text(boolean signed) {
    String number = signed ? "%+.3f" : "%.3f";
    return TextTable.format(
        number + " (" + number + " to " + number + ")", value, interval.low(), interval.high());
  }
}
