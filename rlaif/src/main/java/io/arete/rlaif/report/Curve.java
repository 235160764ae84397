package io.arete.rlaif.report;

import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A number over the steps of a training.
 *
 * @param name in the legend
 * @param points in the order of the steps
 */
record Curve(String name, List<Point> points) {

  /** More points than these are not seen on a screen. */
  static final int MOST_POINTS = 600;

  Curve {
    points = List.copyOf(points);
  }

  /** A step and its value. */
  record Point(long step, double value) {}

  /** Of a log; without the points that a screen does not show. */
  static Curve of(String name, List<Metric> log, String metric) {
    double[] values = log.stream().mapToDouble(row -> at(row.values(), metric)).toArray();
    List<Point> points = new ArrayList<>();
    for (int i : Thinning.kept(values, MOST_POINTS)) {
      points.add(new Point(log.get(i).step(), values[i]));
    }
    return new Curve(name, points);
  }

  private static double at(Map<String, Double> values, String metric) {
    Double value = values.get(metric);
    return value == null || !Double.isFinite(value) ? Double.NaN : value;
  }
}
