package io.arete.rlaif.stats;

import io.arete.engine.CountedRandom;
import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * How many of a labeler's labels are wrong, though nobody checked them: the recalibrated expected
 * error.
 *
 * <p>On pairs whose answer is known, the share of right labels is fitted as a rising function r of
 * the labeler's confidence c = max(p, 1 − p) ({@link Isotonic}); then the estimate for the labels L
 * is 1 − mean of r(c) over L. It holds if the known pairs are like the labelled ones: at the same
 * confidence as often right. Calibration of the labeler is not assumed, only that more confidence
 * does not mean fewer right labels.
 *
 * <p>Interval: the known pairs are drawn again with replacement and everything is repeated, 2.5 and
 * 97.5 % quantiles.
 *
 * @param share of the labels, 0 to 1
 * @param interval 95 %, for the chance in the known pairs
 */
@Formula(
    paper = "Zadrozny and Elkan 2002, Transforming classifier scores into probability estimates",
    eq = "isotonic calibration; expected error 1 − E[r(c)]")
public record WrongLabels(double share, Interval interval) {

  private static final int RESAMPLES = 200;

  /**
   * Estimates.
   *
   * @param known {@code [known]} confidences of the labels whose answer is known, 0.5 to 1
   * @param right {@code [known]} whether they are right
   * @param labels {@code [labels]} confidences of the labels in question, at least one
   * @param random key of the draws: one key, one interval
   */
  public static WrongLabels of(
      double[] known, boolean[] right, double[] labels, CountedRandom random) {
    Require.outcomes(known, right);
    Require.finite(labels, 1, "labels");
    double[] resampled = new double[RESAMPLES];
    double[] drawn = new double[known.length];
    boolean[] drawnRight = new boolean[known.length];
    for (int i = 0; i < RESAMPLES; i++) {
      CountedRandom key = random.at(i);
      for (int j = 0; j < known.length; j++) {
        int from = key.below(known.length, j);
        drawn[j] = known[from];
        drawnRight[j] = right[from];
      }
      resampled[i] = share(drawn, drawnRight, labels);
    }
    return new WrongLabels(
        share(known, right, labels),
        new Interval(Quartiles.quantile(resampled, 0.025), Quartiles.quantile(resampled, 0.975)));
  }

  private static double share(double[] known, boolean[] right, double[] labels) {
    Isotonic found = Isotonic.of(known, right);
    return 1 - Arrays.stream(labels).map(found::at).average().orElseThrow();
  }
}
