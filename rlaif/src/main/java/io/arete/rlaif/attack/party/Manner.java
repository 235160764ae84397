package io.arete.rlaif.attack.party;

/**
 * How somebody replies.
 *
 * @param mostTokens a reply is cut off there
 * @param temperature of the sampling; 0 = the likeliest text
 */
public record Manner(int mostTokens, double temperature) {

  /** Checks the ranges. */
  public Manner {
    if (mostTokens < 1 || !(temperature >= 0 && temperature <= 10)) {
      throw new IllegalArgumentException(
          "a manner of "
              + mostTokens
              + " tokens at temperature "
              + temperature
              + " needs at least 1, and 0 to 10");
    }
  }

  /** The likeliest reply, as a judge gives it. */
  public static Manner likeliest(int mostTokens) {
    return new Manner(mostTokens, 0);
  }
}
