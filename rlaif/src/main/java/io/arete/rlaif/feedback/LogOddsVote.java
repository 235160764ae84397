package io.arete.rlaif.feedback;

import io.arete.engine.Formula;
import io.arete.rlaif.stats.Logistic;

/**
 * One question about a pair, asked in both orders.
 *
 * <p>ℓ₁ = log-odds of "A" with the first conversation shown as A = signal + bias; ℓ₂ = log-odds of
 * "A" with the second shown as A = −signal + bias. So signal = (ℓ₁ − ℓ₂) / 2 speaks for the first
 * conversation, and bias = (ℓ₁ + ℓ₂) / 2 for whatever is shown first.
 *
 * <p>Averaging probabilities instead of log-odds flattens everything under a strong bias: signal
 * 0.3 and bias 3 give 0.514, against 0.574.
 *
 * @param firstShownFirst ℓ₁, nats
 * @param secondShownFirst ℓ₂, nats
 */
@Formula(paper = "Arete design, feedback", eq = "log-odds over both orders")
public record LogOddsVote(double firstShownFirst, double secondShownFirst) {

  /** Rejects log-odds that are not finite. */
  public LogOddsVote {
    if (!Double.isFinite(firstShownFirst) || !Double.isFinite(secondShownFirst)) {
      throw new IllegalArgumentException(
          "log-odds are " + firstShownFirst + " and " + secondShownFirst + " but must be finite");
    }
  }

  /** From the answers when the first, then when the second conversation was shown as A. */
  public static LogOddsVote of(AnswerLogProbs firstShownFirst, AnswerLogProbs secondShownFirst) {
    return new LogOddsVote(firstShownFirst.logOdds(), secondShownFirst.logOdds());
  }

  /** Log-odds that the first conversation is better, free of the lean towards a position. */
  public double signal() {
    return (firstShownFirst - secondShownFirst) / 2;
  }

  /** Lean towards what is shown first, nats; negative: towards what is shown second. */
  public double positionBias() {
    return (firstShownFirst + secondShownFirst) / 2;
  }

  /** Whether the two orders prefer different conversations: the position decided, not the text. */
  public boolean orderDecided() {
    return firstShownFirst > 0 == secondShownFirst > 0
        && firstShownFirst != 0
        && secondShownFirst != 0;
  }

  /** Probability that the first is better, by averaging log-odds over the orders. */
  public double probability() {
    return Logistic.sigmoid(signal());
  }

  /** Probability that the first is better, by averaging probabilities over the orders. */
  public double averagedProbability() {
    return (Logistic.sigmoid(firstShownFirst) + Logistic.sigmoid(-secondShownFirst)) / 2;
  }
}
