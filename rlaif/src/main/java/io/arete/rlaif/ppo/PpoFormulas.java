package io.arete.rlaif.ppo;

import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ppo.formula.Gae;
import io.arete.rlaif.ppo.formula.KlController;
import io.arete.rlaif.ppo.formula.MissingEndPenalty;
import io.arete.rlaif.ppo.formula.PlacedScore;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.ppo.formula.ScoreClip;
import io.arete.rlaif.ppo.formula.Whitening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The formulas that a recipe asks for. */
public final class PpoFormulas {

  /**
   * Without a horizon of its own, adaptive control takes this part of the run's replies: β can then
   * become seven times as large or as small over the run. The 10,000 replies of Ziegler et al. 2019
   * are more than most runs here have.
   */
  private static final double KL_HORIZON = 0.1;

  private final PpoSection settings;

  /** Those of a recipe's section. */
  public PpoFormulas(PpoSection settings) {
    this.settings = settings;
  }

  /** What learns from the rollouts. */
  PpoSection.Algorithm algorithm() {
    return settings.algorithm();
  }

  /** Whether divergence is paid for out of the reward; GRPO has its price in the loss. */
  boolean divergenceIsRewarded() {
    return settings.algorithm() != PpoSection.Algorithm.GRPO;
  }

  /** How the facets' scores become one. */
  public EnsembleRule ensemble() {
    double k = settings.ensemble().k();
    return switch (settings.ensemble().rule()) {
      case MEAN_MINUS_SD -> new EnsembleRule.MeanMinusSd(k);
      case MEAN_MINUS_VARIANCE -> new EnsembleRule.MeanMinusVariance(k);
      case WORST_CASE -> new EnsembleRule.WorstCase();
      case MEAN -> new EnsembleRule.Mean();
      case MEDIAN -> new EnsembleRule.Median();
      case ACTION, MOTIVATION, CONSEQUENCES ->
          EnsembleRule.One.of(settings.ensemble().rule().one().orElseThrow());
    };
  }

  /** What a cut-off reply does to its facet's score. */
  public MissingEndPenalty missingEnd() {
    return switch (settings.missingEnd()) {
      case REPLACE -> new MissingEndPenalty.Replace(-settings.missingEndPenalty());
      case SUBTRACT -> new MissingEndPenalty.Subtract(settings.missingEndPenalty());
    };
  }

  /** β as it is now, and how it goes on. */
  KlController controller(double coefficient) {
    return switch (settings.kl().control()) {
      case FIXED -> new KlController.Fixed(coefficient);
      case ADAPTIVE -> new KlController.Adaptive(coefficient, settings.kl().target(), horizon());
    };
  }

  private double horizon() {
    int turns = settings.trainTurns() == PpoSection.TrainTurns.ALL ? Facet.values().length : 1;
    double replies =
        (double) settings.iterations()
            * settings.promptsPerIteration()
            * settings.samplesPerPrompt()
            * turns;
    return settings.kl().horizon() > 0 ? settings.kl().horizon() : KL_HORIZON * replies;
  }

  /** The clipped losses. */
  PpoLoss loss() {
    return new PpoLoss(settings.update().clip(), settings.update().valueClip());
  }

  /** Advantages of one rollout, not yet whitened. */
  double[] advantages(double[] rewards, double[] values) {
    return new Gae(settings.advantages().gamma(), settings.advantages().lambda())
        .advantages(rewards, values);
  }

  /** Advantages of a round as the loss takes them. */
  List<double[]> whitened(List<double[]> advantages) {
    return settings.advantages().whiten() ? Whitening.apply(advantages) : advantages;
  }

  /** Rewards of a round as advantages are made of them. */
  List<double[]> scaled(List<double[]> rewards) {
    return settings.rewards().whiten() ? Whitening.scale(rewards) : rewards;
  }

  /** What of a rollout's score is rewarded. */
  double rewarded(Rollout rollout) {
    return clip().of(rollout.score().value());
  }

  private ScoreClip clip() {
    return new ScoreClip(settings.rewards().clip());
  }

  /** Where a rollout's score lands. */
  List<PlacedScore> placed(Rollout rollout) {
    if (settings.credit() == PpoSection.Credit.LAST) {
      return List.of(new PlacedScore(rollout.tokens().count() - 1, rewarded(rollout)));
    }
    Map<Facet, Double> shares = rollout.score().ensemble().shares();
    List<PlacedScore> placed = new ArrayList<>();
    rollout
        .tokens()
        .ends()
        .forEach(
            (facet, end) ->
                placed.add(
                    new PlacedScore(
                        end - 1, clip().of(Objects.requireNonNull(shares.get(facet))))));
    return placed;
  }
}
