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
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where a policy in training has gone: its last iteration beside its first.
 *
 * @param divergence mean k1 of the last replies, nats a reply
 * @param replies that it is the mean of
 * @param conversations of the last iteration
 * @param facets the replies of each
 */
record PolicyDrift(
    double divergence, long replies, long conversations, Map<Facet, FacetDrift> facets) {

  /** The part of a run in which a policy is let alone. */
  private static final double YOUNG = 0.2;

  /**
   * One facet's replies.
   *
   * @param tokens mean length
   * @param cutOff share of replies without an end
   * @param distinct share of pairs of neighbouring tokens that differ; empty in logs of runs that
   *     did not count them
   */
  record Replies(double tokens, double cutOff, OptionalDouble distinct) {

    private static Replies of(Metric line, Facet facet) {
      return new Replies(
          value(line, "tokens_" + facet.wireName()),
          value(line, "cut_off_" + facet.wireName()),
          distinct(line.values().get("distinct_2_" + facet.wireName())));
    }

    private static OptionalDouble distinct(@Nullable Double logged) {
      return logged == null ? OptionalDouble.empty() : OptionalDouble.of(logged);
    }
  }

  /** One facet's replies in the first iteration and in the last. */
  record FacetDrift(Replies first, Replies last) {}

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
                        Replies.of(first, facet),
                        new Replies(
                            health.meanTokens(),
                            health.cutOff(),
                            OptionalDouble.of(health.distinct2())))));
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
      facets.put(facet, new FacetDrift(Replies.of(first, facet), Replies.of(last, facet)));
    }
    return new PolicyDrift(value(last, "kl_k1"), conversations, conversations, facets);
  }

  /** The gates' results. */
  List<GateResult> judged(CheckSettings settings) {
    List<GateResult> results = new ArrayList<>();
    results.add(DivergenceGate.of(divergence, replies, settings.divergenceStop()));
    facets.forEach(
        (facet, drift) -> {
          Replies first = drift.first();
          Replies last = drift.last();
          results.add(
              GrowthGate.of(
                  facet, first.tokens(), last.tokens(), conversations, settings.growthWarn()));
          results.add(
              ShrinkGate.of(
                  facet, first.tokens(), last.tokens(), conversations, settings.shrinkWarn()));
          if (first.distinct().isPresent() && last.distinct().isPresent()) {
            results.add(
                VarietyGate.of(
                    facet,
                    first.distinct().getAsDouble(),
                    last.distinct().getAsDouble(),
                    conversations,
                    settings.varietyWarn(),
                    settings.varietyStop()));
          }
          results.add(
              CutOffGate.of(
                  facet,
                  first.cutOff(),
                  last.cutOff(),
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
