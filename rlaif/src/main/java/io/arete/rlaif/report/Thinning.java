package io.arete.rlaif.report;

import io.arete.engine.Formula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Fewer points of a curve, honestly: of each stretch of it the lowest and the highest stay, and its
 * two ends.
 */
@Formula(paper = "min-max decimation", eq = "kept")
final class Thinning {

  private Thinning() {}

  /**
   * Indices of the points that stay, ascending.
   *
   * @param values of the curve, in order; NaN is never kept
   * @param most about how many may stay
   */
  static int[] kept(double[] values, int most) {
    if (values.length <= most) {
      int[] all = new int[values.length];
      Arrays.setAll(all, i -> i);
      return Arrays.stream(all).filter(i -> !Double.isNaN(values[i])).toArray();
    }
    TreeSet<Integer> kept = new TreeSet<>(List.of(0, values.length - 1));
    int stretches = Math.max(1, most / 2);
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = (int) ((long) values.length * stretch / stretches);
      int to = (int) ((long) values.length * (stretch + 1) / stretches);
      extremes(values, from, to).forEach(kept::add);
    }
    return kept.stream().mapToInt(i -> i).filter(i -> !Double.isNaN(values[i])).toArray();
  }

  private static List<Integer> extremes(double[] values, int from, int to) {
    int lowest = -1;
    int highest = -1;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(values[i])) {
        lowest = lowest < 0 || values[i] < values[lowest] ? i : lowest;
        highest = highest < 0 || values[i] > values[highest] ? i : highest;
      }
    }
    List<Integer> found = new ArrayList<>();
    if (lowest >= 0) {
      found.add(lowest);
      found.add(highest);
    }
    return found;
  }
}
