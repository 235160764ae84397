package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.PairedTest;

/**
 * Two systems on one outcome, prompt by prompt.
 *
 * @param bootstrap second less first, with its interval over prompts
 * @param p of the sign-flip permutation test
 * @param wins prompts on which the second is better
 * @param losses prompts on which it is worse
 */
public record Comparison(Bootstrap bootstrap, double p, int wins, int losses) {

  /** Compares numbers of the same prompts in the same order; at least two. */
  static Comparison of(double[] first, double[] second, int resamples, CountedRandom draws) {
    int wins = 0;
    int losses = 0;
    for (int i = 0; i < first.length; i++) {
      wins += second[i] > first[i] ? 1 : 0;
      losses += second[i] < first[i] ? 1 : 0;
    }
    return new Comparison(
        Bootstrap.ofPairs(first, second, resamples, EvaluationPlan.CONFIDENCE, draws),
        PairedTest.signFlip(first, second, resamples, draws.at("permutation")).p(),
        wins,
        losses);
  }

  /** The difference with its interval, p, and on how many prompts which is better. */
  ObjectNode toJson() {
    return json(bootstrap)
        .put("p_permutation", p)
        .put("wins", wins)
        .put("ties", bootstrap.n() - wins - losses)
        .put("losses", losses);
  }

  /**
   * Second less first with its 95 % interval, over the same prompts in the same order; at least
   * two.
   */
  public static ObjectNode difference(
      double[] first, double[] second, int resamples, CountedRandom draws) {
    return json(Bootstrap.ofPairs(first, second, resamples, EvaluationPlan.CONFIDENCE, draws));
  }

  /** A difference with its interval. */
  static ObjectNode json(Bootstrap bootstrap) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("difference", bootstrap.meanDifference())
        .put("low", bootstrap.interval().low())
        .put("high", bootstrap.interval().high())
        .put("standard_error", bootstrap.standardError())
        .put("smallest_detectable", bootstrap.smallestDetectableDifference());
  }
}
