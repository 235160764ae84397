package io.arete.engine.text.jinja;

import java.util.List;

/** The {@code attribute} of filters: a name, an index, or several with dots between them. */
final class Paths {

  private Paths() {}

  /** The value at a path inside an item; the item itself if the path is None. */
  static Object read(Interpreter in, Object item, Object path) {
    return read(in, item, path, None.NONE);
  }

  /** The same, with a value for what is undefined at any part of the path, unless it is None. */
  static Object read(Interpreter in, Object item, Object path, Object preset) {
    in.budget().steps(1);
    if (path == None.NONE) {
      return item;
    }
    if (path instanceof Long) {
      return orPreset(Access.item(in, item, path), preset);
    }
    if (!(path instanceof String text)) {
      throw new TemplateFault("an attribute path must be a string or an int");
    }
    Object value = item;
    in.budget().scan(text.length());
    for (String part : List.of(text.split("\\.", -1))) {
      in.budget().steps(1);
      Object key = part.matches("[0-9]{1,9}") ? (Object) Long.valueOf(part) : part;
      value = orPreset(Access.item(in, value, key), preset);
    }
    return value;
  }

  private static Object orPreset(Object value, Object preset) {
    return value instanceof Undefined && preset != None.NONE ? preset : value;
  }
}
