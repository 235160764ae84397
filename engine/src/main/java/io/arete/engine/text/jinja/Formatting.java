package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The plain fields of Python's string formatting; widths and other forms fail. */
final class Formatting {

  private Formatting() {}

  /** {@code pattern % values} with the fields {@code %s}, {@code %d}, {@code %r} and {@code %%}. */
  static String percent(Interpreter in, String pattern, Object values) {
    List<?> given = values instanceof Tuple tuple ? tuple.items() : List.of(values);
    Iterator<?> rest = given.iterator();
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', start)) {
      in.budget().elements(2);
      parts.add(pattern.substring(start, i));
      char field = i + 1 < pattern.length() ? pattern.charAt(i + 1) : ' ';
      parts.add(field == '%' ? "%" : field(in, field, rest));
      start = i + 2;
    }
    parts.add(pattern.substring(start));
    if (rest.hasNext()) {
      throw new TemplateFault("'%' formatting got more values than the text has fields");
    }
    return Texts.join(in, "", parts);
  }

  /**
   * {@code pattern.format(...)} with the fields <code>{}</code>, <code>{0}</code>, <code>{a}</code>
   * .
   */
  static String braces(Interpreter in, String pattern, Arguments values) {
    List<String> parts = new ArrayList<>();
    int automatic = 0;
    boolean numbered = false;
    int position = 0;
    while (position < pattern.length()) {
      in.budget().elements(1);
      char letter = pattern.charAt(position);
      if (letter != '{' && letter != '}') {
        int end = nextBrace(pattern, position);
        parts.add(pattern.substring(position, end));
        position = end;
      } else if (position + 1 < pattern.length() && pattern.charAt(position + 1) == letter) {
        parts.add(String.valueOf(letter));
        position += 2;
      } else {
        int end = pattern.indexOf('}', position);
        if (letter == '}' || end < 0) {
          throw new TemplateFault("format() has a single brace");
        }
        String name = pattern.substring(position + 1, end);
        numbered |= name.matches("[0-9]+");
        if (numbered && (name.isEmpty() || automatic > 0)) {
          throw new TemplateFault("format() mixes '{}' with numbered fields");
        }
        parts.add(field(in, name.isEmpty() ? String.valueOf(automatic++) : name, values));
        position = end + 1;
      }
    }
    return Texts.join(in, "", parts);
  }

  private static int nextBrace(String pattern, int from) {
    int end = from;
    while (end < pattern.length() && pattern.charAt(end) != '{' && pattern.charAt(end) != '}') {
      end++;
    }
    return end;
  }

  private static String field(Interpreter in, char field, Iterator<?> rest) {
    if ("sdr".indexOf(field) < 0) {
      throw new TemplateFault("field '%" + field + "' of '%' formatting is unknown");
    }
    if (!rest.hasNext()) {
      throw new TemplateFault("'%' formatting lacks a value for '%" + field + "'");
    }
    Object value = rest.next();
    if (field == 'd') {
      return String.valueOf(Values.requireInteger(value, "'%d'"));
    }
    if (field == 'r') {
      String listed = in.text(List.of(value));
      return listed.substring(1, listed.length() - 1);
    }
    return in.text(value);
  }

  private static String field(Interpreter in, String name, Arguments values) {
    Object named = values.named().get(name);
    if (named != null) {
      return in.text(named);
    }
    if (name.matches("[0-9]{1,6}") && Integer.parseInt(name) < values.positional().size()) {
      return in.text(values.positional().get(Integer.parseInt(name)));
    }
    throw new TemplateFault(
        "field '{" + Texts.shortened(name) + "}' of format() is unknown or has no value");
  }
}
