package io.arete.rlaif.report;

import static io.arete.rlaif.report.VegaLite.color;
import static io.arete.rlaif.report.VegaLite.drawn;
import static io.arete.rlaif.report.VegaLite.guide;
import static io.arete.rlaif.report.VegaLite.number;
import static io.arete.rlaif.report.VegaLite.rows;
import static io.arete.rlaif.report.VegaLite.steps;
import static io.arete.rlaif.report.VegaLite.told;
import static io.arete.rlaif.report.VegaLite.values;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Figures of numbers with intervals, and of curves, as Vega-Lite specifications. */
final class Plots {

  private Plots() {}

  /** A line with a meaning. */
  record Mark(double at, String meaning) {}

  /**
   * Numbers with intervals, a row each.
   *
   * @param axis what the numbers are
   * @param marks where lines say "nothing", such as 0 or chance
   */
  static ObjectNode intervals(String axis, List<Measured> rows, List<Mark> marks) {
    return intervals(axis, rows, marks, VegaLite::number);
  }

  /** Shares with their intervals, on an axis from nothing to all. */
  static ObjectNode shares(String axis, List<Measured> rows) {
    return intervals(axis, rows, List.of(), VegaLite::share);
  }

  private interface Axis {
    ObjectNode put(ObjectNode encoding, String channel, String field, String title);
  }

  private static ObjectNode intervals(
      String axis, List<Measured> rows, List<Mark> marks, Axis kind) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    boolean several = rows.stream().anyMatch(row -> !row.series().isEmpty());
    for (Measured row : rows) {
      values
          .addObject()
          .put("row", row.row())
          .put("series", row.series())
          .put("value", drawn(row.value()))
          .put("low", drawn(row.low()))
          .put("high", drawn(row.high()));
    }
    ArrayNode layers = spec.putArray("layer");
    marks.forEach(mark -> guide(layers, "x", mark.at(), mark.meaning()));
    ObjectNode reach = layers.addObject();
    reach.putObject("mark").put("type", "rule").put("strokeWidth", 2);
    ObjectNode reached = rows(reach.putObject("encoding"), several);
    kind.put(reached, "x", "low", axis);
    reached.putObject("x2").put("field", "high");
    ObjectNode dot = dot(layers);
    ObjectNode encoding = rows(dot.putObject("encoding"), several);
    kind.put(encoding, "x", "value", axis);
    told(encoding, titles(several, Map.of("value", axis)));
    return spec.put("height", height(rows.stream().map(Measured::row).toList(), series(rows)));
  }

  private static long series(List<Measured> rows) {
    return Math.max(1, rows.stream().map(Measured::series).distinct().count());
  }

  private static long height(List<String> rows, long series) {
    return 30 + rows.stream().distinct().count() * (14 + 14 * series);
  }

  private static ObjectNode dot(ArrayNode layers) {
    ObjectNode dot = layers.addObject();
    dot.putObject("mark")
        .put("type", "point")
        .put("filled", true)
        .put("opacity", 1)
        .put("size", 70);
    return dot;
  }

  private static Map<String, String> titles(boolean several, Map<String, String> values) {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("row", "of");
    if (several) {
      titles.put("series", "by");
    }
    titles.putAll(values);
    titles.put("low", "from");
    titles.put("high", "to");
    return titles;
  }

  /**
   * From one number to another, a row each: a ring, a thin line to a dot, and around the dot the
   * interval of the difference.
   */
  static ObjectNode changes(String axis, List<Change> rows) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    boolean several = rows.stream().map(Change::series).distinct().count() > 1;
    for (Change row : rows) {
      values
          .addObject()
          .put("row", row.row())
          .put("series", row.series())
          .put("before", drawn(row.before()))
          .put("after", drawn(row.before() + row.difference()))
          .put("difference", drawn(row.difference()))
          .put("low", drawn(row.before() + row.low()))
          .put("high", drawn(row.before() + row.high()));
    }
    ArrayNode layers = spec.putArray("layer");
    way(layers, several, axis, "before", "after", 1);
    way(layers, several, axis, "low", "high", 4);
    ObjectNode ring = layers.addObject();
    ObjectNode drawn = ring.putObject("mark").put("type", "point").put("opacity", 1);
    drawn.put("size", 80).put("strokeWidth", 2).put("fill", "var(--card)");
    number(rows(ring.putObject("encoding"), several), "x", "before", axis);
    ObjectNode encoding = rows(dot(layers).putObject("encoding"), several);
    number(encoding, "x", "after", axis);
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("before", "base");
    titles.put("after", "tuned");
    titles.put("difference", "difference");
    told(encoding, titles(several, titles));
    long series = Math.max(1, rows.stream().map(Change::series).distinct().count());
    return spec.put("height", height(rows.stream().map(Change::row).toList(), series));
  }

  private static void way(
      ArrayNode layers, boolean several, String axis, String from, String to, int width) {
    ObjectNode layer = layers.addObject();
    ObjectNode mark = layer.putObject("mark").put("type", "rule").put("strokeWidth", width);
    mark.put("opacity", width > 1 ? 0.5 : 1);
    ObjectNode encoding = rows(layer.putObject("encoding"), several);
    number(encoding, "x", from, axis);
    encoding.putObject("x2").put("field", to);
  }

  /**
   * What became of a number.
   *
   * @param low end of the difference's interval
   * @param high end of the difference's interval
   */
  record Change(
      String row, String series, double before, double difference, double low, double high) {}

  /**
   * Curves over steps, with one color for each group.
   *
   * @param marks where horizontal lines stand, with what they mean
   */
  static ObjectNode curves(String axis, List<Curve> curves, List<Mark> marks) {
    ObjectNode spec = VegaLite.spec();
    points(values(spec), curves);
    ArrayNode layers = spec.putArray("layer");
    marks.forEach(mark -> guide(layers, "y", mark.at(), mark.meaning()));
    ObjectNode layer = layers.addObject();
    // Of one point there is no line, but it must be seen.
    boolean few = curves.stream().allMatch(curve -> curve.points().size() < 8);
    layer.putObject("mark").put("type", "line").put("point", few).put("tooltip", true);
    ObjectNode encoding = layer.putObject("encoding");
    steps(encoding, curves.stream().flatMapToLong(Curve::steps));
    number(encoding, "y", "value", axis);
    if (curves.stream().anyMatch(curve -> !curve.name().equals(curve.group()))) {
      encoding.putObject("detail").put("field", "name").put("type", "nominal");
    }
    if (curves.stream().map(Curve::group).distinct().count() > 1) {
      color(encoding, "series");
    }
    return spec.put("height", 200);
  }

  private static void points(ArrayNode values, List<Curve> curves) {
    for (Curve curve : curves) {
      for (Curve.Point point : curve.points()) {
        ObjectNode row = values.addObject().put("series", curve.group());
        if (!curve.name().equals(curve.group())) {
          row.put("name", curve.name());
        }
        row.put("step", point.step()).put("value", drawn(point.value()));
      }
    }
  }

  /**
   * A curve in the middle of its spread.
   *
   * @param spreads one for each point of the curve, by step
   */
  static ObjectNode band(String axis, Curve middle, Map<Long, Double> spreads) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    for (Curve.Point point : middle.points()) {
      double spread = Objects.requireNonNull(spreads.get(point.step()));
      values
          .addObject()
          .put("step", point.step())
          .put("value", drawn(point.value()))
          .put("spread", drawn(spread))
          .put("low", drawn(point.value() - spread))
          .put("high", drawn(point.value() + spread));
    }
    ArrayNode layers = spec.putArray("layer");
    ObjectNode area = layers.addObject();
    area.putObject("mark").put("type", "area").put("opacity", 0.25);
    ObjectNode reach = area.putObject("encoding");
    steps(reach, middle.steps());
    number(reach, "y", "low", axis);
    reach.putObject("y2").put("field", "high");
    ObjectNode line = layers.addObject();
    line.putObject("mark").put("type", "line").put("point", middle.points().size() < 8);
    ObjectNode encoding = line.putObject("encoding");
    steps(encoding, middle.steps());
    number(encoding, "y", "value", axis);
    told(encoding, Map.of("value", "mean"));
    return spec.put("height", 200);
  }

  /**
   * Bars in the order given, such as differences from the smallest to the largest.
   *
   * @param heights one a bar
   */
  static ObjectNode bars(String axis, String across, double[] heights) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    for (int i = 0; i < heights.length; i++) {
      values.addObject().put("place", i + 1).put("value", drawn(heights[i]));
    }
    spec.putObject("mark").put("type", "bar").put("tooltip", true);
    ObjectNode encoding = spec.putObject("encoding");
    ObjectNode x = encoding.putObject("x").put("field", "place").put("type", "ordinal");
    x.put("title", across);
    x.putObject("axis").put("labels", false).put("ticks", false);
    number(encoding, "y", "value", axis);
    ObjectNode sign = encoding.putObject("color");
    sign.putObject("condition").put("test", "datum.value < 0").put("value", "var(--c2)");
    sign.put("value", "var(--c1)");
    return spec.put("height", 200);
  }
}
