package io.arete.rlaif.stats;

/** Checks of arguments that several statistics share. */
final class Require {

  private Require() {}

  /** Fails unless there are at least {@code least} numbers and all are finite. */
  static void finite(double[] values, int least, String name) {
    if (values.length < least) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " numbers but needs at least " + least);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + "[" + i + "] is " + values[i] + " but must be finite");
      }
    }
  }

  /** Fails unless both are finite and of one length, at least {@code least}. */
  static void paired(double[] first, double[] second, int least) {
    finite(first, least, "first");
    finite(second, least, "second");
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "first has " + first.length + " numbers but second has " + second.length);
    }
  }

  /** Fails unless all numbers are finite and each has an outcome; at least one. */
  static void outcomes(double[] values, boolean[] happened) {
    finite(values, 1, "values");
    if (values.length != happened.length) {
      throw new IllegalArgumentException(
          values.length + " values have " + happened.length + " outcomes; need as many of each");
    }
  }

  /** Fails unless 0 &le; count &le; n and n &gt; 0. */
  static void share(int count, int n, String name) {
    if (n <= 0 || count < 0 || count > n) {
      throw new IllegalArgumentException(
          name + " is " + count + " of " + n + " but must be 0 to n of a positive n");
    }
  }

  /** Fails unless 0 &lt; value &lt; 1. */
  static void openUnit(double value, String name) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + " but must lie between 0 and 1");
    }
  }
}
