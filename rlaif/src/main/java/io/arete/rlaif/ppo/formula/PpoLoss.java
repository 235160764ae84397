package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;

/**
 * The two clipped losses of PPO with their derivatives, over the trained tokens of one rollout.
 *
 * <p>Policy: L = Σₜ max(−Aₜ ρₜ, −Aₜ clip(ρₜ, 1 − ε, 1 + ε)) / N; ρ = exp(log π − log π_old), A =
 * advantage, ε = clipRange. dL/d log πₜ = −Aₜ ρₜ / N where the first is the larger, else 0.
 *
 * <p>Value: L = Σₜ ½ max((Vₜ − Rₜ)², (clip(Vₜ, Vₜ_old ± ε_v) − Rₜ)²) / N; R = return, ε_v =
 * valueClipRange. dL/dVₜ = (Vₜ − Rₜ) / N where the first is the larger, else 0. (Not in the paper:
 * from OpenAI's baselines, as in TRL.)
 *
 * <p>N counts the tokens of the whole mini-batch, so losses and derivatives of its rollouts simply
 * add up, however they are accumulated.
 *
 * @param clipRange ε, above 0 and below 1
 * @param valueClipRange ε_v, above 0, in units of the value
 */
@Formula(paper = "Schulman et al. 2017, Proximal Policy Optimization Algorithms", eq = "7")
public record PpoLoss(double clipRange, double valueClipRange) {

  /** Rejects ranges that would clip everything or turn the ratio negative. */
  public PpoLoss {
    if (!(clipRange > 0 && clipRange < 1)) {
      throw new IllegalArgumentException(
          "clip range is " + clipRange + " but must lie between 0 and 1");
    }
    if (!(valueClipRange > 0)) {
      throw new IllegalArgumentException(
          "value clip range is " + valueClipRange + " but must be above 0");
    }
  }

  /**
   * The policy's loss.
   *
   * @param newLogprobs {@code [tokens]} of the policy being trained
   * @param oldLogprobs {@code [tokens]} of the policy that drew the rollout
   * @param advantages {@code [tokens]}, whitened
   * @param miniBatchTokens N
   */
  public LossTerm policy(
      double[] newLogprobs, double[] oldLogprobs, double[] advantages, long miniBatchTokens) {
    int tokens = newLogprobs.length;
    Lengths.require(oldLogprobs, tokens, "oldLogprobs");
    Lengths.require(advantages, tokens, "advantages");
    requireTokens(tokens, miniBatchTokens);
    double sum = 0;
    double[] gradient = new double[tokens];
    for (int t = 0; t < tokens; t++) {
      double ratio = Math.exp(newLogprobs[t] - oldLogprobs[t]);
      double unclipped = -advantages[t] * ratio;
      double clipped = -advantages[t] * clip(ratio, 1 - clipRange, 1 + clipRange);
      sum += Math.max(unclipped, clipped);
      gradient[t] = unclipped >= clipped ? unclipped / miniBatchTokens : 0;
    }
    return new LossTerm(sum / miniBatchTokens, gradient);
  }

  /**
   * The critic's loss.
   *
   * @param newValues {@code [tokens]} of the critic being trained
   * @param oldValues {@code [tokens]} of the critic at the time of the rollout
   * @param returns {@code [tokens]}
   * @param miniBatchTokens N
   */
  public LossTerm value(
      double[] newValues, double[] oldValues, double[] returns, long miniBatchTokens) {
    int tokens = newValues.length;
    Lengths.require(oldValues, tokens, "oldValues");
    Lengths.require(returns, tokens, "returns");
    requireTokens(tokens, miniBatchTokens);
    double sum = 0;
    double[] gradient = new double[tokens];
    for (int t = 0; t < tokens; t++) {
      double error = newValues[t] - returns[t];
      double clippedError =
          clip(newValues[t], oldValues[t] - valueClipRange, oldValues[t] + valueClipRange)
              - returns[t];
      double unclipped = error * error;
      double clipped = clippedError * clippedError;
      sum += Math.max(unclipped, clipped) / 2;
      gradient[t] = unclipped >= clipped ? error / miniBatchTokens : 0;
    }
    return new LossTerm(sum / miniBatchTokens, gradient);
  }

  /** How far the new policy's ratios lie from 1, over the tokens of one rollout. */
  public RatioStats ratios(double[] newLogprobs, double[] oldLogprobs) {
    Lengths.require(oldLogprobs, newLogprobs.length, "oldLogprobs");
    RatioStats stats = RatioStats.NONE;
    for (int t = 0; t < newLogprobs.length; t++) {
      double distance = Math.abs(Math.exp(newLogprobs[t] - oldLogprobs[t]) - 1);
      stats = stats.plus(new RatioStats(1, distance > clipRange ? 1 : 0, distance, distance));
    }
    return stats;
  }

  private static double clip(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }

  private static void requireTokens(int tokens, long miniBatchTokens) {
    if (miniBatchTokens < tokens || miniBatchTokens == 0) {
      throw new IllegalArgumentException(
          "mini-batch has " + miniBatchTokens + " tokens but this rollout alone has " + tokens);
    }
  }
}
