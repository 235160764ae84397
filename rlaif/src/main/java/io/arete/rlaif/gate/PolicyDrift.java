package io.arete.rlaif.gate;

import io.arete.rlaif.config.CheckSettings;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.ppo.RoundHealth;
import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a policy in training has gone: its last iteration beside its first.
 *
 * @param divergence mean k1 of the last replies, nats a reply
 * @param replies that it is the mean of
 * @param conversations of the last iteration
 * @param facets lengths and cut-offs of each
 */
record PolicyDrift(
    double divergence, long replies, long conversations, Map<Facet, FacetDrift> facets) {

  /** The part of a run in which a policy is let alone. */
  private static final double YOUNG = 0.2;

  /**
   * One facet's replies.
   *
   * @param firstTokens mean length in the first iteration
   * @param tokens in the last
   * @param firstCutOff share of replies without an end in the first iteration
   * @param cutOff in the last
   */
  record FacetDrift(double firstTokens, double tokens, double firstCutOff, double cutOff) {}

  /** The first iteration that is judged. */
  static long judgedFrom(int iterations) {
    return (long) Math.ceil(YOUNG * iterations) + 1;
  }

  /** Of a round that has been sampled, beside the log's first line. */
  static PolicyDrift of(Metric first, RoundHealth now) {
    Map<Facet, FacetDrift> facets = new EnumMap<>(Facet.class);
    now.facets()
        .forEach(
            (facet, health) ->
                facets.put(
                    facet,
                    new FacetDrift(
                        value(first, "tokens_" + facet.wireName()),
                        health.meanTokens(),
                        value(first, "cut_off_" + facet.wireName()),
                        health.cutOff())));
    return new PolicyDrift(
        now.recentK1().stream().mapToDouble(Double::doubleValue).average().orElse(0),
        now.recentK1().size(),
        now.conversations(),
        facets);
  }

  /**
   * Of a log.
   *
   * @param conversations of an iteration
   */
  static PolicyDrift of(Metric first, Metric last, long conversations) {
    Map<Facet, FacetDrift> facets = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      String tokens = "tokens_" + facet.wireName();
      String cutOff = "cut_off_" + facet.wireName();
      facets.put(
          facet,
          new FacetDrift(
              value(first, tokens),
              value(last, tokens),
              value(first, cutOff),
              value(last, cutOff)));
    }
    return new PolicyDrift(value(last, "kl_k1"), conversations, conversations, facets);
  }

  /** The gates' results. */
  List<GateResult> judged(CheckSettings settings) {
    List<GateResult> results = new ArrayList<>();
    results.add(DivergenceGate.of(divergence, replies, settings.divergenceStop()));
    facets.forEach(
        (facet, drift) -> {
          results.add(
              GrowthGate.of(
                  facet,
                  drift.firstTokens(),
                  drift.tokens(),
                  conversations,
                  settings.growthWarn()));
          results.add(
              CutOffGate.of(
                  facet,
                  drift.firstCutOff(),
                  drift.cutOff(),
                  conversations,
                  settings.cutReplyWarn(),
                  settings.cutReplyStop()));
        });
    return results;
  }

  private static double value(Metric metric, String name) {
    return Objects.requireNonNull(metric.values().get(name), name);
  }
}
