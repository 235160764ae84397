package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.PairedTest;

/**
 * Two systems on one outcome, prompt by prompt.
 *
 * @param outcome what is compared
 * @param bootstrap second less first, with its interval over prompts
 * @param p of Wilcoxon's signed rank test
 */
public record Comparison(Outcome outcome, Bootstrap bootstrap, double p) {

  /** Compares numbers of the same prompts in the same order; at least two. */
  static Comparison of(
      Outcome outcome, double[] first, double[] second, int resamples, CountedRandom draws) {
    return new Comparison(
        outcome,
        Bootstrap.ofPairs(first, second, resamples, EvaluationPlan.CONFIDENCE, draws),
        PairedTest.wilcoxon(first, second).p());
  }

  /** The difference with its interval and p. */
  ObjectNode toJson() {
    return json(bootstrap).put("p_wilcoxon", p);
  }

  /**
   * Second less first with its 95 % interval, over the same prompts in the same order; at least
   * two.
   */
  public static ObjectNode difference(
      double[] first, double[] second, int resamples, CountedRandom draws) {
    return json(Bootstrap.ofPairs(first, second, resamples, EvaluationPlan.CONFIDENCE, draws));
  }

  private static ObjectNode json(Bootstrap bootstrap) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("difference", bootstrap.meanDifference())
        .put("low", bootstrap.interval().low())
        .put("high", bootstrap.interval().high())
        .put("standard_error", bootstrap.standardError())
        .put("smallest_detectable", bootstrap.smallestDetectableDifference());
  }
}
