package io.arete.rlaif.stats;

import io.arete.engine.CountedRandom;
import java.util.Arrays;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Two-sided tests of "no difference" on paired numbers: the same prompts under two models. */
public final class PairedTest {

  // Above this scipy, too, takes the normal approximation.
  private static final int LARGEST_EXACT = 50;

  private PairedTest() {}

  /**
   * Student's paired t-test of the mean of {@code second[i] − first[i]}, at least two pairs. Where
   * all differences are equal the limit is given: p = 1 if they are zero, else p = 0.
   */
  public static TestResult studentT(double[] first, double[] second) {
    Require.paired(first, second, 2);
    double[] differences = differences(first, second);
    double start = differences[0];
    if (Arrays.stream(differences).allMatch(d -> d == start)) {
      return start == 0
          ? new TestResult(0, 1)
          : new TestResult(Math.copySign(Double.POSITIVE_INFINITY, start), 0);
    }
    TTest.Result result = TTest.withDefaults().test(differences);
    return new TestResult(result.getStatistic(), result.getPValue());
  }

  /**
   * Wilcoxon's signed rank test of {@code second[i] − first[i]}, symmetric about 0. Pairs that are
   * equal are left out. Exact up to 50 pairs without ties; else the normal approximation with tie
   * correction, without continuity correction. The statistic is the sum of the positive ranks.
   */
  public static TestResult wilcoxon(double[] first, double[] second) {
    Require.paired(first, second, 1);
    double[] nonZero =
        Arrays.stream(differences(first, second)).filter(difference -> difference != 0).toArray();
    if (nonZero.length == 0) {
      return new TestResult(0, 1);
    }
    boolean tied = Arrays.stream(nonZero).map(Math::abs).distinct().count() < nonZero.length;
    boolean exact = !tied && nonZero.length == first.length && first.length <= LARGEST_EXACT;
    var result =
        WilcoxonSignedRankTest.withDefaults()
            .with(exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
            .with(ContinuityCorrection.DISABLED)
            .test(nonZero);
    return new TestResult(result.getStatistic(), result.getPValue());
  }

  /**
   * Sign-flip permutation test of the mean of {@code second[i] − first[i]}: had the two models the
   * same worth, each prompt's two numbers could as well have been exchanged. p = (1 + how many of
   * the drawn exchanges have a mean difference as large) / (1 + draws), so never 0. The statistic
   * is the mean difference.
   *
   * @param draws how many exchanges of random prompts are tried, at least 1
   * @param random the key of this test
   */
  public static TestResult signFlip(
      double[] first, double[] second, int draws, CountedRandom random) {
    Require.paired(first, second, 1);
    double[] differences = differences(first, second);
    double found = Arrays.stream(differences).sum();
    // Sums in another order differ in their last bits, which must not decide a tie.
    double least = Math.abs(found) * (1 - 1e-12);
    long asLarge = 0;
    for (int draw = 0; draw < draws; draw++) {
      CountedRandom own = random.at(draw);
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += own.below(2, i) == 0 ? differences[i] : -differences[i];
      }
      asLarge += Math.abs(sum) >= least ? 1 : 0;
    }
    return new TestResult(found / differences.length, (1.0 + asLarge) / (1.0 + draws));
  }

  private static double[] differences(double[] first, double[] second) {
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = second[i] - first[i];
    }
    return differences;
  }
}
