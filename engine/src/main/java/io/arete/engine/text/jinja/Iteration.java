package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a loop or a filter finds in a value. */
final class Iteration {

  private Iteration() {}

  /** The items in order: of a string its characters, of a dict its keys. Not to be changed. */
  static List<?> items(Interpreter in, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value instanceof Tuple tuple) {
      return tuple.items();
    }
    if (value instanceof View view) {
      return view.items();
    }
    if (value instanceof OneShot generator) {
      return generator.take();
    }
    if (value instanceof Map<?, ?> map) {
      in.budget().elements(map.size());
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String text) {
      return characters(in, text);
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    throw new TemplateFault(Values.typeName(value) + " has no items to go through");
  }

  /** The items as a new list. */
  static List<Object> copy(Interpreter in, Object value) {
    List<?> items = items(in, value);
    in.budget().elements(items.size());
    return new ArrayList<>(items);
  }

  /** The number of items or characters. */
  static long length(Interpreter in, Object value) {
    if (value instanceof String text) {
      in.budget().scan(text.length());
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof OneShot) {
      throw new TemplateFault("a generator has no length; put '| list' before it");
    }
    return items(in, value).size();
  }

  private static List<Object> characters(Interpreter in, String text) {
    in.budget().elements(text.length());
    List<Object> characters = new ArrayList<>(text.length());
    text.codePoints().forEach(point -> characters.add(Character.toString(point)));
    return characters;
  }
}
