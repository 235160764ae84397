package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a caller's plain values into template values, with bounded depth and size. */
final class ContextValues {

  private final Budget budget;

  ContextValues(Budget budget) {
    this.budget = budget;
  }

  Map<String, Object> convert(Map<String, ? extends @Nullable Object> context) {
    Map<String, Object> converted = new LinkedHashMap<>();
    context.forEach((name, value) -> converted.put(name, convert(value, 0)));
    return converted;
  }

  private Object convert(@Nullable Object value, int depth) {
    Budget.requireValueDepth(depth);
    budget.steps(1);
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof List<?> list) {
      return convertList(list, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return convertMap(map, depth);
    }
    throw new TemplateFault(
        "the context holds a value of type " + value.getClass().getSimpleName());
  }

  private List<Object> convertList(List<?> list, int depth) {
    List<Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(convert(item, depth + 1));
    }
    return items;
  }

  private Map<Object, Object> convertMap(Map<?, ?> map, int depth) {
    Map<Object, Object> items = new LinkedHashMap<>();
    map.forEach(
        (key, item) -> {
          if (!(key instanceof String)) {
            throw new TemplateFault("the context holds a map whose keys are not strings");
          }
          items.put(key, convert(item, depth + 1));
        });
    return items;
  }
}
