package io.arete.rlaif.report;

import static io.arete.rlaif.report.VegaLite.color;
import static io.arete.rlaif.report.VegaLite.drawn;
import static io.arete.rlaif.report.VegaLite.guide;
import static io.arete.rlaif.report.VegaLite.number;
import static io.arete.rlaif.report.VegaLite.rows;
import static io.arete.rlaif.report.VegaLite.share;
import static io.arete.rlaif.report.VegaLite.values;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Figures of distributions and of numbers against numbers, as Vega-Lite specifications. */
final class Shapes {

  private Shapes() {}

  /** How sure something is, against how often it is right, with the line on which both agree. */
  static ObjectNode reliability(List<Sureness> bins) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    for (Sureness bin : bins) {
      values
          .addObject()
          .put("series", bin.series())
          .put("said", drawn(bin.said()))
          .put("found", drawn(bin.found()))
          .put("low", drawn(bin.low()))
          .put("high", drawn(bin.high()))
          .put("n", bin.n());
    }
    ArrayNode layers = spec.putArray("layer");
    ObjectNode ideal = layers.addObject();
    ArrayNode ends = values(ideal);
    ends.addObject().put("said", 0).put("found", 0);
    ends.addObject().put("said", 1).put("found", 1);
    ObjectNode dashed = ideal.putObject("mark").put("type", "line").put("color", VegaLite.GUIDE);
    dashed.putArray("strokeDash").add(4).add(4);
    unit(ideal.putObject("encoding"), "found");
    ObjectNode reach = layers.addObject();
    reach.putObject("mark").put("type", "rule").put("opacity", 0.6);
    ObjectNode reached = unit(reach.putObject("encoding"), "low");
    reached.putObject("y2").put("field", "high");
    color(reached, "series");
    ObjectNode dot = layers.addObject();
    ObjectNode mark = dot.putObject("mark").put("type", "point").put("filled", true);
    mark.put("size", 60).put("opacity", 1).put("tooltip", true);
    color(unit(dot.putObject("encoding"), "found"), "series");
    return spec.put("height", 260);
  }

  /** One bin of a reliability curve. */
  record Sureness(String series, double said, double found, double low, double high, long n) {}

  private static ObjectNode unit(ObjectNode encoding, String field) {
    share(encoding, "x", "said", "said");
    share(encoding, "y", field, "found");
    return encoding;
  }

  /** Box plots from their numbers, with a line where texts are cut. */
  static ObjectNode boxes(String axis, List<Box> boxes, Plots.Mark cut) {
    ObjectNode spec = VegaLite.spec();
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
    guide(layers, "x", cut.at(), cut.meaning());
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
      drawn.put("thickness", 3).put("size", 18).put("color", "var(--ink)");
    }
    number(rows(layer.putObject("encoding"), false), "x", field, axis);
  }

  /** A square of numbers from -1 to 1, such as correlations. */
  static ObjectNode square(List<String> names, double[][] cells) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < cells[i].length; j++) {
        if (!Double.isNaN(cells[i][j])) {
          ObjectNode cell = values.addObject().put("row", names.get(i));
          cell.put("column", names.get(j)).put("value", drawn(cells[i][j]));
        }
      }
    }
    ObjectNode encoding = spec.putObject("encoding");
    for (String[] side : new String[][] {{"y", "row"}, {"x", "column"}}) {
      ObjectNode axis = encoding.putObject(side[0]).put("field", side[1]).put("type", "nominal");
      axis.put("title", "").putNull("sort");
      if (side[0].equals("x")) {
        axis.putObject("axis").put("labelAngle", 0);
      }
    }
    ArrayNode layers = spec.putArray("layer");
    ObjectNode tile = layers.addObject();
    tile.putObject("mark").put("type", "rect").put("tooltip", true);
    ObjectNode color = tile.putObject("encoding").putObject("color");
    color.put("field", "value").put("type", "quantitative").put("title", "").putNull("legend");
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

  /**
   * One number against another as they went on: points joined in their order.
   *
   * @param across what lies on the horizontal axis
   * @param up what lies on the vertical axis
   */
  static ObjectNode path(String across, String up, List<Visit> visits) {
    ObjectNode spec = VegaLite.spec();
    ArrayNode values = values(spec);
    for (Visit visit : visits) {
      ObjectNode row = values.addObject().put("series", visit.series()).put("step", visit.step());
      row.put("x", drawn(visit.x())).put("y", drawn(visit.y()));
    }
    ObjectNode encoding = spec.putObject("encoding");
    number(encoding, "x", "x", across);
    number(encoding, "y", "y", up);
    color(encoding, "series");
    ArrayNode layers = spec.putArray("layer");
    ObjectNode line = layers.addObject();
    ObjectNode drawn = line.putObject("mark").put("type", "line").put("tooltip", true);
    drawn.putObject("point").put("filled", true).put("size", 50);
    order(line.putObject("encoding"));
    ObjectNode label = layers.addObject();
    ObjectNode mark = label.putObject("mark").put("type", "text").put("align", "left");
    mark.put("dx", 6).put("dy", -8).put("fontSize", 11);
    label.putObject("encoding").putObject("text").put("field", "step");
    return spec.put("height", 240);
  }

  /** Where a path was at a step. */
  record Visit(String series, long step, double x, double y) {}

  private static void order(ObjectNode encoding) {
    encoding.putObject("order").put("field", "step").put("type", "quantitative");
  }
}
