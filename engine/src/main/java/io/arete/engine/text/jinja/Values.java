package io.arete.engine.text.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template's values are: None, Boolean, Long, Double, String, List, Map, Tuple, View,
 * OneShot, Namespace, Markup, Loop, Callable and Undefined; their names and truth as in Python.
 */
final class Values {

  private Values() {}

  static boolean truth(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof Double number) {
      return number != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof Tuple tuple) {
      return !tuple.items().isEmpty();
    }
    if (value instanceof View view) {
      return !view.items().isEmpty();
    }
    if (value instanceof Markup markup) {
      return !markup.text().isEmpty();
    }
    return value != None.NONE && !(value instanceof Undefined);
  }

  static String typeName(Object value) {
    if (value == None.NONE) {
      return "None";
    }
    if (value instanceof Boolean) {
      return "a bool";
    }
    if (value instanceof Long) {
      return "an int";
    }
    if (value instanceof Double) {
      return "a float";
    }
    if (value instanceof String) {
      return "a string";
    }
    if (value instanceof List<?>) {
      return "a list";
    }
    if (value instanceof Map<?, ?>) {
      return "a dict";
    }
    if (value instanceof Tuple) {
      return "a tuple";
    }
    if (value instanceof View view) {
      return view.kind();
    }
    if (value instanceof Undefined) {
      return "undefined";
    }
    return otherTypeName(value);
  }

  private static String otherTypeName(Object value) {
    if (value instanceof OneShot) {
      return "a generator";
    }
    if (value instanceof Namespace) {
      return "a namespace";
    }
    if (value instanceof Markup) {
      return "a safe string";
    }
    return value instanceof Loop ? "a loop" : "a function";
  }

  /** A value that may be a key: text, int or None. */
  static Object requireKey(Object key) {
    if (key instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (key instanceof String || key instanceof Long || key == None.NONE) {
      return key;
    }
    throw new TemplateFault(typeName(key) + " cannot be a key of a dict here");
  }

  /** What a dict holds for a key, or null; 1, 1.0 and true are one key. */
  static @Nullable Object lookup(Map<?, ?> map, Object key) {
    if (key instanceof Boolean flag) {
      return map.get(flag ? 1L : 0L);
    }
    if (key instanceof Double number && number == Math.rint(number)) {
      return map.get(number.longValue());
    }
    return key instanceof String || key instanceof Long || key == None.NONE ? map.get(key) : null;
  }

  /** A number as int, with bools as 0 and 1, or a failure that names who wanted it. */
  static long requireInteger(Object value, String user) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    throw new TemplateFault(user + " needs an int but got " + typeName(value));
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  /** A number as a double. */
  static double asDouble(Object number) {
    if (number instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return ((Number) number).doubleValue();
  }
}
