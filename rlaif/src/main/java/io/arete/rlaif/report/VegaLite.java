package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What figures are put together from. Colors are the page's own variables, so that a figure is
 * right in light, in dark and on paper without being drawn again.
 */
final class VegaLite {

  /** The color of lines that say what a number would mean. */
  static final String GUIDE = "var(--guide)";

  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";
  private static final int FEW_STEPS = 8;
  private static final MathContext DRAWN_DIGITS = new MathContext(6);

  private VegaLite() {}

  /** A figure as wide as its place on the page. */
  static ObjectNode spec() {
    return JsonNodeFactory.instance.objectNode().put("$schema", SCHEMA).put("width", "container");
  }

  /** Where the data goes. */
  static ArrayNode values(ObjectNode spec) {
    return spec.putObject("data").putArray("values");
  }

  /** A number with as many digits as a drawing can show. */
  static double drawn(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).round(DRAWN_DIGITS).doubleValue()
        : value;
  }

  /** A numeric axis that need not hold 0. */
  static ObjectNode number(ObjectNode encoding, String channel, String field, String title) {
    ObjectNode axis = encoding.putObject(channel).put("field", field).put("type", "quantitative");
    axis.put("title", title).putObject("scale").put("zero", false);
    return axis;
  }

  /** The axis of a share, from nothing to all, so that a small difference looks small. */
  static ObjectNode share(ObjectNode encoding, String channel, String field, String title) {
    ObjectNode axis = encoding.putObject(channel).put("field", field).put("type", "quantitative");
    axis.put("title", title).putObject("scale").putArray("domain").add(0).add(1);
    return axis;
  }

  /**
   * The axis of steps, which are whole numbers.
   *
   * @param steps that are drawn; a few each get a tick, since Vega parts a span of one or two steps
   *     into halves whatever it is told
   */
  static void steps(ObjectNode encoding, LongStream steps) {
    ObjectNode axis = number(encoding, "x", "step", "step").putObject("axis");
    axis.put("tickMinStep", 1).put("format", "d");
    long[] different = steps.distinct().sorted().limit(FEW_STEPS + 1).toArray();
    if (different.length <= FEW_STEPS) {
      ArrayNode ticks = axis.putArray("values");
      LongStream.of(different).forEach(ticks::add);
    }
  }

  /** A color for each name, in the order of the data, with a legend. */
  static void color(ObjectNode encoding, String field) {
    ObjectNode color = encoding.putObject("color").put("field", field).put("type", "nominal");
    color.put("title", "").putNull("sort");
    ObjectNode legend = color.putObject("legend").put("orient", "bottom").put("labelLimit", 300);
    // Vega would put all names on one line, and cut what leaves the page. The plot's own width is
    // not known before the legend's height is.
    legend.putObject("columns").put("expr", "max(1, floor(containerSize()[0] / 180))");
  }

  /** Names down the side, in the order of the data; several to a name lie beside each other. */
  static ObjectNode rows(ObjectNode encoding, boolean several) {
    ObjectNode y = encoding.putObject("y").put("field", "row").put("type", "nominal");
    y.put("title", "").putNull("sort");
    if (several) {
      encoding.putObject("yOffset").put("field", "series").put("type", "nominal").putNull("sort");
      color(encoding, "series");
    }
    return encoding;
  }

  /** What is told of the mark under the pointer. */
  static void told(ObjectNode encoding, Map<String, String> titles) {
    ArrayNode told = encoding.putArray("tooltip");
    titles.forEach((field, title) -> told.addObject().put("field", field).put("title", title));
  }

  /** A dashed line with its meaning written at its end. */
  static void guide(ArrayNode layers, String channel, double at, String meaning) {
    ObjectNode layer = layers.addObject();
    values(layer).addObject().put("at", at).put("meaning", meaning);
    ObjectNode mark = layer.putObject("mark").put("type", "rule");
    mark.put("color", GUIDE).put("strokeWidth", 1.5).putArray("strokeDash").add(4).add(4);
    place(layer, channel);
    if (!meaning.isEmpty()) {
      ObjectNode words = layers.addObject();
      values(words).addObject().put("at", at).put("meaning", meaning);
      ObjectNode text = words.putObject("mark").put("type", "text").put("color", GUIDE);
      boolean across = channel.equals("y");
      text.put("align", across ? "right" : "left").put("baseline", across ? "bottom" : "top");
      text.put("dx", across ? 0 : 4).put("dy", across ? -3 : 0).put("fontSize", 11);
      ObjectNode encoding = place(words, channel);
      encoding.putObject("text").put("field", "meaning");
      if (across) {
        encoding.putObject("x").put("value", "width");
      } else {
        encoding.putObject("y").put("value", 0);
      }
    }
  }

  private static ObjectNode place(ObjectNode layer, String channel) {
    ObjectNode encoding = layer.putObject("encoding");
    ObjectNode axis = encoding.putObject(channel).put("field", "at").put("type", "quantitative");
    axis.put("title", "");
    return encoding;
  }
}
