package io.arete.rlaif.ppo.formula;

/**
 * Sums over tokens of the ratios ρ = new over old probability; parts of a batch add with {@link
 * #plus}.
 *
 * @param tokens how many
 * @param outside how many had a ratio outside of 1 ± clip range
 * @param distanceSum Σ |ρ − 1|
 * @param largestDistance max |ρ − 1|
 */
public record RatioStats(long tokens, long outside, double distanceSum, double largestDistance) {

  /** No tokens. */
  public static final RatioStats NONE = new RatioStats(0, 0, 0, 0);

  /** Both together. */
  public RatioStats plus(RatioStats other) {
    return new RatioStats(
        tokens + other.tokens,
        outside + other.outside,
        distanceSum + other.distanceSum,
        Math.max(largestDistance, other.largestDistance));
  }

  /** Share of tokens outside of 1 ± clip range, 0 to 1; 0 without tokens. */
  public double clipShare() {
    return tokens == 0 ? 0 : (double) outside / tokens;
  }

  /** Mean |ρ − 1|; 0 without tokens. */
  public double meanDistance() {
    return tokens == 0 ? 0 : distanceSum / tokens;
  }
}
