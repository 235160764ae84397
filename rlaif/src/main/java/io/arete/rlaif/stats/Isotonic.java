package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best rising step function from a number to the share of cases that happen at it.
 *
 * <p>Of all functions that never fall, the one with the least squared distance from the outcomes,
 * found by pooling adjacent violators: cases are sorted, each is a block of its own, and neighbours
 * in the wrong order are merged into one with their mean. Equal numbers are one block from the
 * start. In every block what is predicted is what was found.
 *
 * @param steps in rising order of {@code from} and of {@code value}
 */
@Formula(
    paper = "Ayer et al. 1955, An empirical distribution function for sampling",
    eq = "pool adjacent violators")
public record Isotonic(List<Step> steps) {

  /** Copies the steps. */
  public Isotonic {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param from the lowest number that it holds for
   * @param value the share found there, 0 to 1
   * @param n cases in it
   */
  public record Step(double from, double value, int n) {

    private Step with(Step next) {
      return new Step(from, (value * n + next.value * next.n) / (n + next.n), n + next.n);
    }
  }

  /**
   * Fits.
   *
   * @param x {@code [cases]} finite, at least one
   * @param happened {@code [cases]}
   */
  public static Isotonic of(double[] x, boolean[] happened) {
    Require.outcomes(x, happened);
    List<Integer> order =
        IntStream.range(0, x.length).boxed().sorted(Comparator.comparingDouble(i -> x[i])).toList();
    List<Step> steps = new ArrayList<>();
    for (int i : order) {
      Step next = new Step(x[i], happened[i] ? 1 : 0, 1);
      int last = steps.size() - 1;
      if (last >= 0 && steps.get(last).from() == x[i]) {
        steps.set(last, steps.get(last).with(next));
      } else {
        steps.add(next);
      }
    }
    return new Isotonic(pooled(steps));
  }

  /** The value at x; below the first step the first one's. */
  public double at(double x) {
    int low = 0;
    int high = steps.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (steps.get(middle).from() <= x) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return steps.get(low).value();
  }

  private static List<Step> pooled(List<Step> steps) {
    List<Step> rising = new ArrayList<>();
    for (Step step : steps) {
      Step next = step;
      while (!rising.isEmpty() && rising.get(rising.size() - 1).value() >= next.value()) {
        next = rising.remove(rising.size() - 1).with(next);
      }
      rising.add(next);
    }
    return rising;
  }
}
