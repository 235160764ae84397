package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of Python's lists, tuples and dicts that the sandbox allows: none changes them. */
final class CollectionMethods {

  private static final Set<String> UNSAFE_OF_LIST =
      Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");
  private static final Set<String> UNSAFE_OF_DICT =
      Set.of("clear", "pop", "popitem", "setdefault", "update");

  private CollectionMethods() {}

  static Object member(Object target, String name) {
    if (target instanceof Map<?, ?> map) {
      return UNSAFE_OF_DICT.contains(name) ? unsafe(target, name) : dictMember(map, name);
    }
    if (target instanceof List<?> list) {
      return UNSAFE_OF_LIST.contains(name) ? unsafe(target, name) : listMember(target, list, name);
    }
    if (target instanceof Tuple tuple) {
      return name.equals("copy")
          ? Access.absent(target, name)
          : listMember(target, tuple.items(), name);
    }
    if (target instanceof Long || target instanceof Double || target instanceof Boolean) {
      return numberMember(target, name);
    }
    if (target == None.NONE) {
      return Access.absent(target, name);
    }
    throw new TemplateFault(
        "attribute '%s' of %s is unknown"
            .formatted(Texts.shortened(name), Values.typeName(target)));
  }

  private static Undefined unsafe(Object target, String name) {
    return new Undefined(
        "method '%s' of %s is unsafe: a template may not change values"
            .formatted(name, Values.typeName(target)));
  }

  private static Object dictMember(Map<?, ?> map, String name) {
    return switch (name) {
      case "get" -> (Callable) (in, given) -> get(map, given);
      case "items" ->
          (Callable)
              (in, given) -> {
                given.bind("items()");
                return items(in, map);
              };
      case "keys" ->
          (Callable)
              (in, given) -> {
                given.bind("keys()");
                return new View("dict_keys", new ArrayList<>(Iteration.items(in, map)));
              };
      case "values" ->
          (Callable)
              (in, given) -> {
                given.bind("values()");
                in.budget().elements(map.size());
                return new View("dict_values", new ArrayList<>(map.values()));
              };
      case "copy" ->
          (Callable)
              (in, given) -> {
                given.bind("copy()");
                in.budget().elements(map.size());
                return new LinkedHashMap<Object, Object>(map);
              };
      case "fromkeys" -> throw new TemplateFault("dict method 'fromkeys' is unknown");
      default -> Access.absent(map, name);
    };
  }

  /** The items of a dict as pairs. */
  static View items(Interpreter in, Map<?, ?> map) {
    in.budget().elements(2L * map.size());
    List<Object> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(new Tuple(List.of(key, value))));
    return new View("dict_items", items);
  }

  private static Object get(Map<?, ?> map, Arguments given) {
    Arguments.Bound bound = given.bind("get()", "key", "default");
    Object found = Values.lookup(map, bound.get("key"));
    return found != null ? found : bound.or("default", None.NONE);
  }

  private static Object listMember(Object target, List<?> items, String name) {
    return switch (name) {
      case "index" ->
          (Callable) (in, given) -> index(in, items, given.bind("index()", "value").get("value"));
      case "count" ->
          (Callable) (in, given) -> count(in, items, given.bind("count()", "value").get("value"));
      case "copy" ->
          (Callable)
              (in, given) -> {
                given.bind("copy()");
                return Iteration.copy(in, target);
              };
      default -> Access.absent(target, name);
    };
  }

  private static Object index(Interpreter in, List<?> items, Object wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (Comparisons.equal(in, items.get(i), wanted)) {
        return (long) i;
      }
    }
    throw new TemplateFault("index() does not find its value");
  }

  private static Object count(Interpreter in, List<?> items, Object wanted) {
    return items.stream().filter(item -> Comparisons.equal(in, item, wanted)).count();
  }

  private static Object numberMember(Object target, String name) {
    if (Set.of(
            "real",
            "imag",
            "numerator",
            "denominator",
            "bit_length",
            "bit_count",
            "to_bytes",
            "from_bytes",
            "conjugate",
            "as_integer_ratio",
            "is_integer",
            "hex",
            "fromhex")
        .contains(name)) {
      throw new TemplateFault("number attribute '" + name + "' is unknown");
    }
    return Access.absent(target, name);
  }
}
