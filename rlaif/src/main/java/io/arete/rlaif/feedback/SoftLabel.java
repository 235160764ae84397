package io.arete.rlaif.feedback;

import io.arete.engine.Formula;
import java.util.List;

/**
 * The label of one pair and facet: the virtues' votes, weighted.
 *
 * <p>By log-odds: p = σ(Σ w · signal / Σ w). By probability: p = Σ w · averagedProbability / Σ w. w
 * = weight of a virtue.
 *
 * @param p probability that the first conversation is better
 * @param pair both orders' log-odds, averaged over the virtues: position bias and whether the order
 *     decided are those of the pair, not of a vote
 */
@Formula(paper = "Arete design, feedback", eq = "weighted log-odds over virtues")
public record SoftLabel(double p, LogOddsVote pair) {

  /** The label from at least one vote. */
  public static SoftLabel of(List<WeightedVote> votes, VoteAveraging averaging) {
    if (votes.isEmpty()) {
      throw new IllegalArgumentException("a pair has no votes but needs at least one");
    }
    double weights = 0;
    double firstShownFirst = 0;
    double secondShownFirst = 0;
    double probability = 0;
    for (WeightedVote weighted : votes) {
      weights += weighted.weight();
      firstShownFirst += weighted.weight() * weighted.vote().firstShownFirst();
      secondShownFirst += weighted.weight() * weighted.vote().secondShownFirst();
      probability += weighted.weight() * weighted.vote().averagedProbability();
    }
    LogOddsVote pair = new LogOddsVote(firstShownFirst / weights, secondShownFirst / weights);
    double p =
        switch (averaging) {
          case LOG_ODDS -> pair.probability();
          case PROBABILITY -> probability / weights;
        };
    return new SoftLabel(p, pair);
  }

  /** log p − log (1 − p), held within ±50 nats as every answer is. */
  public double logOdds() {
    double logOdds = Math.log(p) - Math.log1p(-p);
    double largest = AnswerLogProbs.LARGEST_LOG_ODDS;
    return Math.max(-largest, Math.min(largest, logOdds));
  }

  /** Whether the label is too close to one half to teach: |p − 0.5| below the threshold. */
  public boolean isTie(double threshold) {
    return Math.abs(p - 0.5) < threshold;
  }
}
