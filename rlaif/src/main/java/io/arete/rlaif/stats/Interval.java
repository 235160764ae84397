package io.arete.rlaif.stats;

/** A closed interval; {@code low} is at most {@code high}. */
public record Interval(double low, double high) {

  /** Rejects ends in the wrong order and numbers that are not numbers. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval from " + low + " to " + high + " is not one");
    }
  }

  /** Whether the value lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** The length, high less low. */
  public double width() {
    return high - low;
  }
}
