package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * What a box plot shows of a sample.
 *
 * <p>The whiskers end at the smallest and the largest value within 1.5 (Q₃ − Q₁) of the box [Q₁,
 * Q₃]; values beyond them are outliers.
 *
 * @param n how many values
 * @param quartiles ends, box and median
 * @param lowWhisker a value of the sample
 * @param highWhisker a value of the sample
 * @param outliers values beyond the whiskers
 */
@Formula(paper = "Tukey 1977, Exploratory Data Analysis", eq = "schematic plot, section 2D")
public record BoxPlot(
    int n, Quartiles quartiles, double lowWhisker, double highWhisker, int outliers) {

  private static final double REACH = 1.5;

  /** The box plot of finite numbers, at least one. */
  public static BoxPlot of(double... values) {
    Quartiles quartiles = Quartiles.of(values);
    double reach = REACH * (quartiles.third() - quartiles.first());
    double[] inside =
        Arrays.stream(values)
            .filter(x -> x >= quartiles.first() - reach && x <= quartiles.third() + reach)
            .toArray();
    // Quartiles lie between values: some value is always within reach of each.
    Quartiles ends = Quartiles.of(inside);
    return new BoxPlot(
        values.length, quartiles, ends.min(), ends.max(), values.length - inside.length);
  }
}
