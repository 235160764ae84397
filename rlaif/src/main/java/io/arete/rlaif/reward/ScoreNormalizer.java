package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.Formula;
import io.arete.rlaif.stats.Summary;

/**
 * Puts the scores of different reward models on one scale: z = (score − mean) / sd.
 *
 * <p>Without it the models' scales would pose as disagreement. Mean and population sd (ddof 0) are
 * those of one fixed set of reference samples: the constants are computed once and then frozen.
 *
 * @param mean of the reference scores, finite
 * @param sd population standard deviation of the reference scores, above 0
 */
@Formula(paper = "standard score", eq = "z")
public record ScoreNormalizer(double mean, double sd) {

  /** Rejects constants that cannot normalise, as a damaged file or a dead head would give. */
  public ScoreNormalizer {
    if (!Double.isFinite(mean) || !(sd > 0) || Double.isInfinite(sd)) {
      throw new AreteException(
          "The reward model's normalisation has mean "
              + mean
              + " and sd "
              + sd
              + " but needs a finite mean and an sd above 0; score at least two different"
              + " reference texts, or train the model again if it scores all texts alike");
    }
  }

  /** From the scores of the reference samples; finite, at least one. */
  public static ScoreNormalizer of(double... referenceScores) {
    Summary summary = Summary.of(referenceScores);
    return new ScoreNormalizer(summary.mean(), summary.populationSd());
  }

  /** The score in units of the reference samples' sd, 0 at their mean. */
  public double z(double score) {
    return (score - mean) / sd;
  }
}
