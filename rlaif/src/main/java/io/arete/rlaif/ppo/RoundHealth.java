package io.arete.rlaif.ppo;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.stats.Summary;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is known of an iteration's rollouts before its first step.
 *
 * @param iteration from 1
 * @param conversations how many
 * @param replies how many trained replies they have
 * @param meanK1 mean k1 of a trained reply (summed over its tokens) against the reference, nats
 * @param meanK3 as {@code meanK1}, for k3
 * @param perToken the same two as means over tokens
 * @param recentK1 k1 of the last trained replies, oldest first: all of this iteration, and of those
 *     before as many as make {@value RecentReplies#LEAST}, if there were so many
 * @param ratios of the first mini-batch before the first step: all 1, if the forward passes agree
 * @param samplingMismatch mean |ρ − 1| of the log-probabilities of sampling against those of the
 *     forward pass; nothing is learned from the former, but a broken cache shows here
 * @param coefficient β of this iteration
 * @param reward ensemble scores, z units
 * @param facets by facet
 * @param advantages over all tokens, before they are whitened
 * @param unreadable replies that were too long for their reward model
 * @param entropy mean −log-probability of a trained token, nats
 * @param explainedVariance 1 − variance(returns − values) / variance(returns) of the critic, where
 *     there is one; 0 if returns are all alike
 */
public record RoundHealth(
    long iteration,
    int conversations,
    int replies,
    double meanK1,
    double meanK3,
    Divergence perToken,
    List<Double> recentK1,
    RatioStats ratios,
    double samplingMismatch,
    double coefficient,
    Reward reward,
    Map<Facet, FacetHealth> facets,
    Summary advantages,
    int unreadable,
    double entropy,
    OptionalDouble explainedVariance) {

  /** Copies the lists. */
  public RoundHealth {
    recentK1 = List.copyOf(recentK1);
    facets = Collections.unmodifiableMap(new EnumMap<>(facets));
  }

  /**
   * Divergence from the reference, nats.
   *
   * @param k1 unbiased
   * @param k3 unbiased, too, and never negative
   */
  public record Divergence(double k1, double k3) {}

  /**
   * Ensemble scores of a round, z units.
   *
   * @param mean of the scores
   * @param sd sample standard deviation of the scores
   * @param disagreement mean over the conversations of the facets' population standard deviation
   * @param penaltyShare mean |β Σ k1| of a conversation over the sum of that and the mean |score|
   *     that is rewarded: how much of what is rewarded is the price of divergence, 0 to 1; 0 with
   *     GRPO, which has that price in its loss
   */
  public record Reward(double mean, double sd, double disagreement, double penaltyShare) {}

  /**
   * One facet in a round.
   *
   * @param meanScore after penalties, z units
   * @param scoreSd sample standard deviation of the same
   * @param meanTokens of its replies, the end of turn included
   * @param cutOff share of its replies without an end of turn
   * @param distinct1 share of tokens that differ from all others of the round's replies
   * @param distinct2 the same of pairs of neighbouring tokens
   */
  public record FacetHealth(
      double meanScore,
      double scoreSd,
      double meanTokens,
      double cutOff,
      double distinct1,
      double distinct2) {}
}
