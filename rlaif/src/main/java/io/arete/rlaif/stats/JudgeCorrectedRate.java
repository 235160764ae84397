package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A rate that only an imperfect judge has seen, corrected for the judge's errors.
 *
 * <p>Estimate: θ = (p + Sp − 1) / (Se + Sp − 1), cut to [0, 1]; p = the share that the judge called
 * positive, Se and Sp its sensitivity and specificity on labelled cases (Rogan and Gladen 1978).
 *
 * <p>Interval, with z the normal quantile: p' = (n p + z²/2) / (n + z²), Se' and Sp' with one
 * success and one failure added, θ' from these, and
 *
 * <pre>
 * θ' + δ ± z √(p'(1 − p') / (n + z²) + θ'² Se'(1 − Se') / n_se + (1 − θ')² Sp'(1 − Sp') / n_sp) / J'
 * δ = 2 z² (θ' Se'(1 − Se') / n_se − (1 − θ') Sp'(1 − Sp') / n_sp),    J' = Se' + Sp' − 1
 * </pre>
 *
 * with n_se and n_sp the labelled cases of each class plus two, cut to [0, 1]. What the labelled
 * cases leave open about the judge is in it. Where nothing is left of it by the cut, the judge errs
 * otherwise than on the labelled cases; then it reaches from there over the judged share's own
 * interval (Wilson). It needs labelled cases of the same kind as those that are judged: a judge
 * errs otherwise on another system's replies.
 *
 * @param judged the share that the judge called positive, as it is
 * @param estimate of the true share
 * @param interval of the true share, 95 %
 */
@Formula(
    paper =
        "Lang and Reiczigel 2014, Confidence limits for prevalence of disease adjusted for"
            + " estimated sensitivity and specificity",
    eq = "adjusted limits")
public record JudgeCorrectedRate(double judged, double estimate, Interval interval) {

  /** A judge with less than this sensitivity + specificity − 1 cannot tell. */
  public static final double LEAST_INFORMEDNESS = 0.2;

  private static final double Z = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.025);

  /**
   * Corrects.
   *
   * @param positives cases that the judge called positive; a whole number, or the sum of shares
   *     where a case was seen several times, which leaves the interval a little too wide
   * @param n cases, at least one
   * @return empty where the judge cannot tell: its sensitivity + specificity − 1 on the labelled
   *     cases is below {@link #LEAST_INFORMEDNESS}, or J' below half of it, because the cases are
   *     too few
   */
  public static Optional<JudgeCorrectedRate> of(double positives, int n, JudgeErrors judge) {
    if (!(n > 0 && positives >= 0 && positives <= n)) {
      throw new IllegalArgumentException(
          "positives is " + positives + " of " + n + " but must be 0 to n of a positive n");
    }
    if (!tells(judge)) {
      return Optional.empty();
    }
    double judged = positives / n;
    double estimate = (judged + judge.specificity() - 1) / judge.informedness();
    return Optional.of(
        new JudgeCorrectedRate(judged, unit(estimate), interval(positives, n, added(judge))));
  }

  /** Whether a judge that errs so on labelled cases can tell. */
  static boolean tells(JudgeErrors judge) {
    return judge.informedness() >= LEAST_INFORMEDNESS
        && added(judge).informedness() >= LEAST_INFORMEDNESS / 2;
  }

  /** With one success and one failure more in each class. */
  private static JudgeErrors added(JudgeErrors judge) {
    return new JudgeErrors(
        judge.truePositives() + 1,
        judge.positives() + 2,
        judge.trueNegatives() + 1,
        judge.negatives() + 2);
  }

  private static Interval interval(double positives, int n, JudgeErrors added) {
    double cases = n + Z * Z;
    double share = (positives + Z * Z / 2) / cases;
    double rate = (share + added.specificity() - 1) / added.informedness();
    double unsureOfPositives = spread(added.sensitivity(), added.positives());
    double unsureOfNegatives = spread(added.specificity(), added.negatives());
    double shift = 2 * Z * Z * (rate * unsureOfPositives - (1 - rate) * unsureOfNegatives);
    double variance =
        spread(share, cases)
            + rate * rate * unsureOfPositives
            + (1 - rate) * (1 - rate) * unsureOfNegatives;
    double half = Z * Math.sqrt(variance) / added.informedness();
    double low = unit(rate + shift - half);
    double high = unit(rate + shift + half);
    if (low < high) {
      return new Interval(low, high);
    }
    Interval uncorrected = Wilson.interval95((int) Math.round(positives), n);
    return new Interval(Math.min(low, uncorrected.low()), Math.max(high, uncorrected.high()));
  }

  /** The variance of a share. */
  private static double spread(double share, double n) {
    return share * (1 - share) / n;
  }

  private static double unit(double value) {
    return Math.min(1, Math.max(0, value));
  }
}
