package io.arete.rlaif.ppo.formula;

/** Checks that arrays over the same tokens agree. */
final class Lengths {

  private Lengths() {}

  /** Fails unless the array called {@code name} has as many numbers as there are tokens. */
  static void require(double[] array, int tokens, String name) {
    if (array.length != tokens) {
      throw new IllegalArgumentException(
          name + " has " + array.length + " numbers but there are " + tokens + " tokens");
    }
  }
}
