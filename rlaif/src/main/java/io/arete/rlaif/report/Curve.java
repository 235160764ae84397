package io.arete.rlaif.report;

import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A number over the steps of a training.
 *
 * @param name of this curve
 * @param group in the legend: curves of one group have one color
 * @param points in the order of the steps
 */
record Curve(String name, String group, List<Point> points) {

  /** More points than these are not seen on a screen. */
  static final int MOST_POINTS = 600;

  Curve {
    points = List.copyOf(points);
  }

  /** A curve with a color of its own. */
  Curve(String name, List<Point> points) {
    this(name, name, points);
  }

  /** A step and its value. */
  record Point(long step, double value) {}

  /** Where it has points. */
  LongStream steps() {
    return points.stream().mapToLong(Point::step);
  }

  /** Of a log; without the points that a screen does not show. */
  static Curve of(String name, List<Metric> log, String metric) {
    return of(name, name, log, metric, MOST_POINTS);
  }

  /**
   * Of a log, in a group.
   *
   * @param most about how many points stay
   */
  static Curve of(String name, String group, List<Metric> log, String metric, int most) {
    double[] values = log.stream().mapToDouble(row -> at(row.values(), metric)).toArray();
    List<Point> points = new ArrayList<>();
    for (int i : Thinning.kept(values, most)) {
      points.add(new Point(log.get(i).step(), values[i]));
    }
    return new Curve(name, group, points);
  }

  /** A step's value; NaN if it has none. */
  static double at(Map<String, Double> values, String metric) {
    Double value = values.get(metric);
    return value == null || !Double.isFinite(value) ? Double.NaN : value;
  }
}
