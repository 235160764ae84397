package io.arete.engine.text.jinja;

import java.util.List;
import java.util.Map;

/** {@code a.b} and {@code a[b]} as the sandbox of jinja2 resolves them. */
final class Access {

  private Access() {}

  /** A method or attribute if there is one, else the item of that name. */
  static Object attribute(Object target, String name) {
    Object found = member(target, name);
    if (!(found instanceof Undefined) || !(target instanceof Map<?, ?> map)) {
      return found;
    }
    Object item = map.get(name);
    return item != null ? item : found;
  }

  /** The item of that index or key if there is one, else the method or attribute of that name. */
  static Object item(Interpreter in, Object target, Object index) {
    if (target instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (target instanceof Map<?, ?> map) {
      Object found = Values.lookup(map, index);
      if (found != null) {
        return found;
      }
    } else if (index instanceof Long || index instanceof Boolean) {
      return element(in, target, Values.requireInteger(index, "an index"));
    }
    return index instanceof String name
        ? member(target, name)
        : new Undefined(
            "%s has no item of that %s key"
                .formatted(Values.typeName(target), Values.typeName(index)));
  }

  private static Object element(Interpreter in, Object target, long index) {
    if (target instanceof String text) {
      in.budget().scan(text.length());
      int length = text.codePointCount(0, text.length());
      long place = index < 0 ? index + length : index;
      return place < 0 || place >= length
          ? outside(target, index)
          : Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) place)));
    }
    List<?> items;
    if (target instanceof List<?> list) {
      items = list;
    } else if (target instanceof Tuple tuple) {
      items = tuple.items();
    } else if (target instanceof View view && view.kind().equals("range")) {
      items = view.items();
    } else {
      return outside(target, index);
    }
    long place = index < 0 ? index + items.size() : index;
    return place < 0 || place >= items.size() ? outside(target, index) : items.get((int) place);
  }

  private static Undefined outside(Object target, long index) {
    return new Undefined("%s has no item %d".formatted(Values.typeName(target), index));
  }

  private static Object member(Object target, String name) {
    if (target instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (target instanceof Loop loop) {
      return loop.attribute(name);
    }
    if (target instanceof Namespace namespace) {
      Object value = namespace.values().get(name);
      return value != null ? value : absent(target, name);
    }
    if (name.startsWith("_")) {
      return new Undefined("access to attribute '" + Texts.shortened(name) + "' is unsafe");
    }
    if (target instanceof String text) {
      return StringMethods.member(text, name);
    }
    return CollectionMethods.member(target, name);
  }

  /** What a missing attribute gives. */
  static Undefined absent(Object target, String name) {
    return new Undefined(
        "%s has no attribute '%s'".formatted(Values.typeName(target), Texts.shortened(name)));
  }
}
