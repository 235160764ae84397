package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's adjustment of p-values for several tests at once.
 *
 * <p>In rising order, adjusted₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎); m tests. Rejecting
 * where the adjusted p is below α keeps the chance of any false rejection below α.
 */
@Formula(paper = "Holm 1979, A simple sequentially rejective multiple test procedure", eq = "step")
public final class Holm {

  private Holm() {}

  /** The adjusted p-values, in the order given; each p in [0, 1]. */
  public static double[] adjust(double... p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("p is " + value + " but must lie in [0, 1]");
      }
    }
    int[] rising =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < rising.length; rank++) {
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[rising[rank]]));
      adjusted[rising[rank]] = largest;
    }
    return adjusted;
  }
}
