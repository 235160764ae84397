package io.arete.rlaif.stats;

import org.apache.commons.statistics.inference.BinomialTest;

/** Exact two-sided tests on counts. */
public final class ExactTest {

  private ExactTest() {}

  /**
   * Binomial test: the chance, if each trial succeeds with probability {@code chance}, of a count
   * that is no more likely than the one seen.
   */
  public static double binomial(int successes, int n, double chance) {
    Require.share(successes, n, "successes");
    Require.openUnit(chance, "chance");
    return BinomialTest.withDefaults().test(n, successes, chance).getPValue();
  }

  /**
   * McNemar's test on paired yes-or-no outcomes: {@code onlyFirst} pairs where only the first said
   * yes, {@code onlySecond} where only the second did. Without such pairs p = 1.
   */
  public static double mcnemar(int onlyFirst, int onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "counts are " + onlyFirst + " and " + onlySecond + " but must not be negative");
    }
    int discordant = Math.addExact(onlyFirst, onlySecond);
    return discordant == 0 ? 1 : binomial(onlyFirst, discordant, 0.5);
  }
}
