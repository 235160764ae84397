package io.arete.rlaif.ppo;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.ppo.formula.PlacedScore;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.stats.Summary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Sums a round up for those who look on. Pure. */
final class RoundReport {

  private final Round round;
  private final PpoFormulas formulas;

  RoundReport(Round round, PpoFormulas formulas) {
    this.round = round;
    this.formulas = formulas;
  }

  /**
   * The health of the round.
   *
   * @param iteration from 1
   * @param recentK1 the memory with this round in it
   * @param ratios before the first step
   * @param coefficient β
   */
  RoundHealth health(long iteration, List<Double> recentK1, RatioStats ratios, double coefficient) {
    double[] k1 = round.perReply(KlEstimator.K1);
    return new RoundHealth(
        iteration,
        round.rollouts().size(),
        k1.length,
        Summary.of(k1).mean(),
        Summary.of(round.perReply(KlEstimator.K3)).mean(),
        new RoundHealth.Divergence(overTokens(KlEstimator.K1), overTokens(KlEstimator.K3)),
        recentK1,
        ratios,
        samplingMismatch(),
        coefficient,
        reward(coefficient),
        facets(),
        round.unwhitened(),
        round.rollouts().stream().mapToInt(rollout -> rollout.score().unreadable()).sum(),
        -Summary.of(flat(round.policyLogprobs())).mean(),
        round
            .critic()
            .map(targets -> OptionalDouble.of(explainedVariance(targets)))
            .orElseGet(OptionalDouble::empty));
  }

  private double samplingMismatch() {
    double distance = 0;
    long tokens = 0;
    for (int i = 0; i < round.rollouts().size(); i++) {
      double[] sampled = round.rollouts().get(i).samplingLogprobs();
      for (int t = 0; t < sampled.length; t++) {
        distance += Math.abs(Math.expm1(sampled[t] - round.policyLogprobs().get(i)[t]));
        tokens++;
      }
    }
    return distance / tokens;
  }

  private double overTokens(KlEstimator estimator) {
    return Arrays.stream(round.perReply(estimator)).sum() / flat(round.policyLogprobs()).length;
  }

  private RoundHealth.Reward reward(double coefficient) {
    Summary scores = overRollouts(rollout -> rollout.score().value());
    double score = overRollouts(rollout -> Math.abs(rewarded(rollout))).mean();
    double penalty = formulas.divergenceIsRewarded() ? penalty(coefficient) : 0;
    return new RoundHealth.Reward(
        scores.mean(),
        scores.sampleSd(),
        overRollouts(rollout -> rollout.score().ensemble().populationSd()).mean(),
        penalty + score == 0 ? 0 : penalty / (penalty + score));
  }

  /** Of facets that are rewarded apart, each was clipped by itself. */
  private double rewarded(Rollout rollout) {
    return formulas.placed(rollout).stream().mapToDouble(PlacedScore::score).sum();
  }

  private double penalty(double coefficient) {
    double penalty = 0;
    for (int i = 0; i < round.rollouts().size(); i++) {
      double k1 =
          KlEstimator.K1.ofReply(round.policyLogprobs().get(i), round.referenceLogprobs().get(i));
      penalty += Math.abs(coefficient * k1) / round.rollouts().size();
    }
    return penalty;
  }

  private Map<Facet, RoundHealth.FacetHealth> facets() {
    Map<Facet, RoundHealth.FacetHealth> facets = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      Summary scores = overRollouts(rollout -> score(rollout, facet));
      List<List<Integer>> replies =
          round.rollouts().stream().map(one -> one.conversation().reply(facet).ids()).toList();
      facets.put(
          facet,
          new RoundHealth.FacetHealth(
              scores.mean(),
              scores.sampleSd(),
              overRollouts(rollout -> rollout.conversation().reply(facet).ids().size()).mean(),
              overRollouts(rollout -> cutOff(rollout, facet) ? 1 : 0).mean(),
              DistinctNgrams.share(replies, 1),
              DistinctNgrams.share(replies, 2)));
    }
    return facets;
  }

  private static double explainedVariance(CriticTargets targets) {
    double[] returns = flat(targets.returns());
    double[] values = flat(targets.values());
    double[] errors = new double[returns.length];
    Arrays.setAll(errors, t -> returns[t] - values[t]);
    double total = Summary.of(returns).populationSd();
    double left = Summary.of(errors).populationSd();
    return total == 0 ? 0 : 1 - left * left / (total * total);
  }

  private Summary overRollouts(ToDoubleFunction<Rollout> number) {
    return Summary.of(round.rollouts().stream().mapToDouble(number).toArray());
  }

  private static double score(Rollout rollout, Facet facet) {
    return Objects.requireNonNull(rollout.score().ensemble().members().get(facet));
  }

  private static boolean cutOff(Rollout rollout, Facet facet) {
    return rollout.conversation().reply(facet).ended() == Reply.Ended.LENGTH;
  }

  private static double[] flat(List<double[]> rows) {
    return rows.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
