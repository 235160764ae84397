package io.arete.engine.text.jinja;

import java.util.List;
import java.util.Map;

/** Values as Python's {@code str} and {@code repr} print them. */
final class Printing {

  private final Interpreter in;
  private final StringBuilder printed = new StringBuilder();

  private Printing(Interpreter in) {
    this.in = in;
  }

  /** The text of a value as <code>{{ value }}</code> writes it. */
  static String text(Interpreter in, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    if (value instanceof Undefined) {
      return "";
    }
    Printing printing = new Printing(in);
    printing.append(value, 0);
    in.budget().text(printing.printed.length());
    return printing.printed.toString();
  }

  private void append(Object value, int depth) {
    Budget.requireValueDepth(depth);
    in.budget().steps(1);
    if (value instanceof String text) {
      quoted(text);
    } else if (value instanceof List<?> list) {
      items("[", list, "]", depth);
    } else if (value instanceof Tuple tuple) {
      items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")", depth);
    } else if (value instanceof Map<?, ?> map) {
      dict(map, depth);
    } else {
      printed.append(scalar(value));
    }
    if (printed.length() > Budget.MAX_TEXT) {
      in.budget().text(printed.length());
    }
  }

  private static String scalar(Object value) {
    if (value instanceof Double number) {
      return Numbers.repr(number);
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Long || value == None.NONE) {
      return value == None.NONE ? "None" : value.toString();
    }
    if (value instanceof Undefined) {
      return "Undefined";
    }
    throw new TemplateFault(Values.typeName(value) + " cannot be printed");
  }

  private void items(String open, List<?> items, String close, int depth) {
    printed.append(open);
    String separator = "";
    for (Object item : items) {
      printed.append(separator);
      append(item, depth + 1);
      separator = ", ";
    }
    printed.append(close);
  }

  private void dict(Map<?, ?> map, int depth) {
    printed.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      printed.append(separator);
      append(entry.getKey(), depth + 1);
      printed.append(": ");
      append(entry.getValue(), depth + 1);
      separator = ", ";
    }
    printed.append('}');
  }

  private void quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    in.budget().scan(text.length());
    printed.append(quote);
    text.codePoints().forEach(point -> character(point, quote));
    printed.append(quote);
  }

  private void character(int point, char quote) {
    switch (point) {
      case '\n' -> printed.append("\\n");
      case '\r' -> printed.append("\\r");
      case '\t' -> printed.append("\\t");
      case '\\' -> printed.append("\\\\");
      default -> {
        if (point == quote) {
          printed.append('\\').append(quote);
        } else if (isPrintable(point)) {
          printed.appendCodePoint(point);
        } else {
          String form = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
          printed.append(form.formatted(point));
        }
      }
    }
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}
