package io.arete.cli;

/** Numbers as a line of bars of eight heights. */
final class Sparkline {

  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * The numbers between their lowest and their highest; all the same are drawn at half height.
   *
   * @param values finite
   * @param columns the most bars; where there are more values, neighbours become one with their
   *     mean
   */
  static String of(double[] values, int columns) {
    int bars = Math.min(values.length, columns);
    double[] heights = new double[bars];
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int bar = 0; bar < bars; bar++) {
      heights[bar] = mean(values, bar * values.length / bars, (bar + 1) * values.length / bars);
      lowest = Math.min(lowest, heights[bar]);
      highest = Math.max(highest, heights[bar]);
    }
    StringBuilder line = new StringBuilder();
    for (double height : heights) {
      line.append(BARS.charAt(step(height, lowest, highest)));
    }
    return line.toString();
  }

  private static int step(double height, double lowest, double highest) {
    int top = BARS.length() - 1;
    return highest > lowest
        ? (int) Math.round(top * ((height - lowest) / (highest - lowest)))
        : top / 2;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i] / (to - from);
    }
    return sum;
  }
}
