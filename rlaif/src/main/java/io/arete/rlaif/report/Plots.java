package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Figures as Vega-Lite specifications. Colors of text and background are the page's. */
final class Plots {

  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

  private Plots() {}

  /**
   * Numbers with intervals, a row each.
   *
   * @param axis what the numbers are
   * @param mark where a line says "nothing", such as 0 or chance
   */
  static ObjectNode intervals(String axis, List<Measured> rows, double mark) {
    ObjectNode spec = spec();
    ArrayNode values = values(spec);
    boolean several = rows.stream().anyMatch(row -> !row.series().isEmpty());
    for (Measured row : rows) {
      values
          .addObject()
          .put("row", row.row())
          .put("series", row.series())
          .put("value", row.value())
          .put("low", row.low())
          .put("high", row.high());
    }
    ArrayNode layers = spec.putArray("layer");
    layers.add(line("x", mark, ""));
    ObjectNode reach = layers.addObject();
    reach.putObject("mark").put("type", "rule").put("strokeWidth", 2);
    ObjectNode reached = rows(reach.putObject("encoding"), several);
    number(reached, "x", "low", axis);
    reached.putObject("x2").put("field", "high");
    ObjectNode dot = layers.addObject();
    ObjectNode drawn = dot.putObject("mark").put("type", "point").put("filled", true);
    drawn.put("opacity", 1).put("size", 70).put("tooltip", true);
    number(rows(dot.putObject("encoding"), several), "x", "value", axis);
    long distinct = rows.stream().map(Measured::row).distinct().count();
    long series = Math.max(1, rows.stream().map(Measured::series).distinct().count());
    return spec.put("height", 30 + distinct * (14 + 14 * series));
  }

  private static ObjectNode rows(ObjectNode encoding, boolean several) {
    ObjectNode y = encoding.putObject("y").put("field", "row").put("type", "nominal");
    y.put("title", "").putNull("sort");
    if (several) {
      encoding.putObject("yOffset").put("field", "series").put("type", "nominal").putNull("sort");
      color(encoding, "series");
    }
    return encoding;
  }

  /**
   * Curves over steps.
   *
   * @param marks where horizontal lines stand, with what they mean
   */
  static ObjectNode curves(String axis, List<Curve> curves, List<Mark> marks) {
    ObjectNode spec = spec();
    ArrayNode values = values(spec);
    for (Curve curve : curves) {
      for (Curve.Point point : curve.points()) {
        values
            .addObject()
            .put("series", curve.name())
            .put("step", point.step())
            .put("value", point.value());
      }
    }
    ArrayNode layers = spec.putArray("layer");
    marks.forEach(mark -> layers.add(line("y", mark.at(), mark.meaning())));
    ObjectNode drawn = layers.addObject();
    drawn.putObject("mark").put("type", "line").put("tooltip", true);
    ObjectNode encoding = drawn.putObject("encoding");
    number(encoding, "x", "step", "step");
    number(encoding, "y", "value", axis);
    if (curves.size() > 1) {
      color(encoding, "series");
    }
    return spec.put("height", 200);
  }

  /** A horizontal line with a meaning. */
  record Mark(double at, String meaning) {}

  /**
   * Bars in the order given, such as differences from the smallest to the largest.
   *
   * @param heights one a bar
   */
  static ObjectNode bars(String axis, String across, double[] heights) {
    ObjectNode spec = spec();
    ArrayNode values = values(spec);
    for (int i = 0; i < heights.length; i++) {
      values.addObject().put("place", i + 1).put("value", heights[i]);
    }
    spec.putObject("mark").put("type", "bar").put("tooltip", true);
    ObjectNode encoding = spec.putObject("encoding");
    ObjectNode x = encoding.putObject("x").put("field", "place").put("type", "ordinal");
    x.put("title", across);
    x.putObject("axis").put("labels", false).put("ticks", false);
    number(encoding, "y", "value", axis);
    ObjectNode sign = encoding.putObject("color");
    sign.putObject("condition").put("test", "datum.value < 0").put("value", "#c2593f");
    sign.put("value", "#3b7ea1");
    return spec.put("height", 200);
  }

  /** How sure something is, against how often it is right, with the line on which both agree. */
  static ObjectNode reliability(List<Sureness> bins) {
    ObjectNode spec = spec();
    ArrayNode values = values(spec);
    for (Sureness bin : bins) {
      values
          .addObject()
          .put("series", bin.series())
          .put("said", bin.said())
          .put("found", bin.found())
          .put("low", bin.low())
          .put("high", bin.high())
          .put("n", bin.n());
    }
    ArrayNode layers = spec.putArray("layer");
    ObjectNode ideal = layers.addObject();
    ArrayNode ends = ideal.putObject("data").putArray("values");
    ends.addObject().put("said", 0).put("found", 0);
    ends.addObject().put("said", 1).put("found", 1);
    ideal.putObject("mark").put("type", "line").put("strokeDash", "4,4").put("color", "#888888");
    unit(ideal.putObject("encoding"), "found");
    ObjectNode reach = layers.addObject();
    reach.putObject("mark").put("type", "rule");
    ObjectNode reached = unit(reach.putObject("encoding"), "low");
    reached.putObject("y2").put("field", "high");
    color(reached, "series");
    ObjectNode dot = layers.addObject();
    dot.putObject("mark")
        .put("type", "point")
        .put("filled", true)
        .put("size", 60)
        .put("tooltip", true);
    color(unit(dot.putObject("encoding"), "found"), "series");
    return spec.put("height", 260);
  }

  /** One bin of a reliability curve. */
  record Sureness(String series, double said, double found, double low, double high, long n) {}

  /** Box plots from their numbers, with a line where texts are cut. */
  static ObjectNode boxes(String axis, List<Box> boxes, double cut) {
    ObjectNode spec = spec();
    ArrayNode values = values(spec);
    for (Box box : boxes) {
      values
          .addObject()
          .put("row", box.name())
          .put("low", box.low())
          .put("first", box.first())
          .put("median", box.median())
          .put("third", box.third())
          .put("high", box.high())
          .put("longest", box.longest());
    }
    ArrayNode layers = spec.putArray("layer");
    layers.add(line("x", cut, "cut"));
    span(layers, "rule", "low", "high", axis);
    span(layers, "bar", "first", "third", axis);
    at(layers, "tick", "median", axis);
    at(layers, "point", "longest", axis);
    return spec.put("height", 40 + 45 * boxes.size());
  }

  /** The numbers of a box plot. */
  record Box(
      String name,
      double low,
      double first,
      double median,
      double third,
      double high,
      double longest) {}

  /** A square of numbers from -1 to 1, such as correlations. */
  static ObjectNode square(List<String> names, double[][] cells) {
    ObjectNode spec = spec();
    ArrayNode values = values(spec);
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < cells[i].length; j++) {
        if (!Double.isNaN(cells[i][j])) {
          values
              .addObject()
              .put("row", names.get(i))
              .put("column", names.get(j))
              .put("value", cells[i][j]);
        }
      }
    }
    ObjectNode encoding = spec.putObject("encoding");
    encoding
        .putObject("y")
        .put("field", "row")
        .put("type", "nominal")
        .put("title", "")
        .putNull("sort");
    encoding
        .putObject("x")
        .put("field", "column")
        .put("type", "nominal")
        .put("title", "")
        .putNull("sort");
    ArrayNode layers = spec.putArray("layer");
    ObjectNode tile = layers.addObject();
    tile.putObject("mark").put("type", "rect").put("tooltip", true);
    ObjectNode color = tile.putObject("encoding").putObject("color");
    color.put("field", "value").put("type", "quantitative").put("title", "");
    ObjectNode scale = color.putObject("scale").put("scheme", "blueorange").put("reverse", true);
    scale.putArray("domain").add(-1).add(1);
    ObjectNode label = layers.addObject();
    label.putObject("mark").put("type", "text");
    ObjectNode written = label.putObject("encoding");
    ObjectNode ink = written.putObject("color").put("value", "#111111");
    ink.putObject("condition").put("test", "abs(datum.value) > 0.65").put("value", "#ffffff");
    ObjectNode text = written.putObject("text");
    text.put("field", "value").put("type", "quantitative").put("format", ".2f");
    return spec.put("height", 60 + 40 * cells.length);
  }

  private static ObjectNode spec() {
    return JsonNodeFactory.instance.objectNode().put("$schema", SCHEMA).put("width", "container");
  }

  private static ArrayNode values(ObjectNode spec) {
    return spec.putObject("data").putArray("values");
  }

  private static void number(ObjectNode encoding, String channel, String field, String title) {
    ObjectNode axis = encoding.putObject(channel).put("field", field).put("type", "quantitative");
    axis.put("title", title).putObject("scale").put("zero", false);
  }

  private static void color(ObjectNode encoding, String field) {
    ObjectNode color = encoding.putObject("color").put("field", field).put("type", "nominal");
    color.put("title", "").putNull("sort");
    color.putObject("legend").put("orient", "bottom");
  }

  private static ObjectNode unit(ObjectNode encoding, String field) {
    for (String[] channel : new String[][] {{"x", "said", "said"}, {"y", field, "found"}}) {
      ObjectNode axis =
          encoding.putObject(channel[0]).put("field", channel[1]).put("type", "quantitative");
      axis.put("title", channel[2]).putObject("scale").putArray("domain").add(0).add(1);
    }
    return encoding;
  }

  private static ObjectNode line(String channel, double at, String meaning) {
    ObjectNode layer = JsonNodeFactory.instance.objectNode();
    layer.putObject("data").putArray("values").addObject().put("at", at).put("meaning", meaning);
    ObjectNode mark = layer.putObject("mark").put("type", "rule").put("tooltip", true);
    mark.put("color", "#888888").putArray("strokeDash").add(4).add(4);
    ObjectNode encoding = layer.putObject("encoding");
    ObjectNode axis = encoding.putObject(channel).put("field", "at").put("type", "quantitative");
    axis.put("title", "");
    return layer;
  }

  private static void span(ArrayNode layers, String mark, String from, String to, String axis) {
    ObjectNode layer = layers.addObject();
    ObjectNode drawn = layer.putObject("mark").put("type", mark).put("tooltip", true);
    if (mark.equals("bar")) {
      drawn.put("size", 18).put("opacity", 0.6);
    }
    ObjectNode encoding = rows(layer.putObject("encoding"), false);
    number(encoding, "x", from, axis);
    encoding.putObject("x2").put("field", to);
  }

  private static void at(ArrayNode layers, String mark, String field, String axis) {
    ObjectNode layer = layers.addObject();
    ObjectNode drawn = layer.putObject("mark").put("type", mark).put("tooltip", true);
    if (mark.equals("tick")) {
      drawn.put("thickness", 3).put("size", 18);
    }
    number(rows(layer.putObject("encoding"), false), "x", field, axis);
  }
}
