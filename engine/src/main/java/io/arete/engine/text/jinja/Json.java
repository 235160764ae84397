package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Python's {@code json.dumps(value, ensure_ascii=False)} with its options. */
final class Json {

  private final Interpreter in;
  private final Style style;
  private final StringBuilder written = new StringBuilder();

  /**
   * How it is laid out.
   *
   * @param indent the text of one level, or empty for one line
   * @param lines whether every item gets a line of its own
   */
  record Style(
      boolean lines, String indent, String itemEnd, String keyEnd, boolean sorted, boolean ascii) {}

  private Json(Interpreter in, Style style) {
    this.in = in;
    this.style = style;
  }

  static String dumps(Interpreter in, Object value, Style style) {
    Json json = new Json(in, style);
    json.append(value, 0);
    in.budget().text(json.written.length());
    return json.written.toString();
  }

  private void append(Object value, int depth) {
    Budget.requireValueDepth(depth);
    in.budget().steps(1);
    if (written.length() > Budget.MAX_TEXT) {
      in.budget().text(written.length());
    }
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof List<?> list) {
      array(list, depth);
    } else if (value instanceof Tuple tuple) {
      array(tuple.items(), depth);
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth);
    } else {
      written.append(scalar(value));
    }
  }

  private static String scalar(Object value) {
    if (value instanceof Double number) {
      return number.isNaN()
          ? "NaN"
          : number.isInfinite() ? (number > 0 ? "Infinity" : "-Infinity") : Numbers.repr(number);
    }
    if (value instanceof Boolean || value instanceof Long) {
      return value.toString();
    }
    if (value == None.NONE) {
      return "null";
    }
    throw new TemplateFault("filter 'tojson' cannot write " + Values.typeName(value));
  }

  private void array(List<?> items, int depth) {
    if (items.isEmpty()) {
      written.append("[]");
      return;
    }
    written.append('[');
    String separator = "";
    for (Object item : items) {
      written.append(separator);
      newLine(depth + 1);
      append(item, depth + 1);
      separator = style.itemEnd();
    }
    newLine(depth);
    written.append(']');
  }

  private void object(Map<?, ?> map, int depth) {
    if (map.isEmpty()) {
      written.append("{}");
      return;
    }
    written.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : entries(map)) {
      written.append(separator);
      newLine(depth + 1);
      string(entry.getKey() instanceof String key ? key : scalar(entry.getKey()));
      written.append(style.keyEnd());
      append(entry.getValue(), depth + 1);
      separator = style.itemEnd();
    }
    newLine(depth);
    written.append('}');
  }

  private List<Map.Entry<?, ?>> entries(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    in.budget().elements(entries.size());
    if (style.sorted()) {
      Comparator<Object> order = (left, right) -> Comparisons.order(in, left, right);
      entries.sort((left, right) -> order.compare(left.getKey(), right.getKey()));
    }
    return entries;
  }

  private void newLine(int depth) {
    if (style.lines()) {
      in.budget().text((long) depth * style.indent().length());
      written.append('\n').append(style.indent().repeat(depth));
    }
  }

  private void string(String text) {
    in.budget().scan(text.length());
    written.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    written.append('"');
  }

  private void character(char letter) {
    switch (letter) {
      case '"' -> written.append("\\\"");
      case '\\' -> written.append("\\\\");
      case '\n' -> written.append("\\n");
      case '\r' -> written.append("\\r");
      case '\t' -> written.append("\\t");
      case '\b' -> written.append("\\b");
      case '\f' -> written.append("\\f");
      default -> {
        if (letter < ' ' || (style.ascii() && letter > '~')) {
          written.append("\\u%04x".formatted((int) letter));
        } else {
          written.append(letter);
        }
      }
    }
  }
}
