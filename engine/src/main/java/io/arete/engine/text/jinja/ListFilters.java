package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Filters that take or give lists. */
final class ListFilters {

  private ListFilters() {}

  static void register(Map<String, Filters.Filter> filters) {
    filters.put("length", ListFilters::length);
    filters.put("count", ListFilters::length);
    filters.put("list", ListFilters::list);
    filters.put("first", ListFilters::first);
    filters.put("last", ListFilters::last);
    filters.put("join", ListFilters::join);
    filters.put("reverse", ListFilters::reverse);
    filters.put("sort", ListFilters::sort);
    filters.put("unique", ListFilters::unique);
    filters.put("min", (in, value, given) -> extreme(in, value, given, -1));
    filters.put("max", (in, value, given) -> extreme(in, value, given, 1));
    filters.put("items", ListFilters::items);
    filters.put("dictsort", ListFilters::sortedDict);
  }

  private static Object length(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'length'");
    return Iteration.length(in, value);
  }

  private static Object list(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'list'");
    return Iteration.copy(in, value);
  }

  private static Object first(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'first'");
    List<?> items = Iteration.items(in, value);
    return items.isEmpty() ? new Undefined("there is no first item") : items.get(0);
  }

  private static Object last(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'last'");
    if (value instanceof OneShot) {
      throw new TemplateFault("a generator has no last item; put '| list' before it");
    }
    List<?> items = Iteration.items(in, value);
    return items.isEmpty() ? new Undefined("there is no last item") : items.get(items.size() - 1);
  }

  private static Object join(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'join'", "d", "attribute");
    List<String> parts = new ArrayList<>();
    for (Object item : Iteration.items(in, value)) {
      in.budget().elements(1);
      parts.add(in.text(Paths.read(in, item, bound.or("attribute", None.NONE))));
    }
    return Texts.join(in, in.text(bound.or("d", "")), parts);
  }

  private static Object reverse(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'reverse'");
    if (value instanceof String text) {
      return Slices.slice(in, text, None.NONE, None.NONE, -1L);
    }
    List<Object> items = Iteration.copy(in, value);
    Collections.reverse(items);
    return new OneShot(items);
  }

  private static Object sort(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'sort'", "reverse", "case_sensitive", "attribute");
    if (bound.or("attribute", "") instanceof String path && path.contains(",")) {
      throw new TemplateFault("filter 'sort' by several attributes is unknown");
    }
    boolean exact = bound.flag("case_sensitive", false);
    Object path = bound.or("attribute", None.NONE);
    Comparator<Object> order =
        (left, right) ->
            Comparisons.order(in, key(in, left, path, exact), key(in, right, path, exact));
    return sorted(Iteration.copy(in, value), order, bound.flag("reverse", false));
  }

  private static List<Object> sorted(
      List<Object> items, Comparator<Object> order, boolean reversed) {
    items.sort(reversed ? order.reversed() : order);
    return items;
  }

  /** What an item is ordered by: texts without regard to case unless asked. */
  private static Object key(Interpreter in, Object item, Object path, boolean exact) {
    Object key = Paths.read(in, item, path);
    if (exact || !(key instanceof String text)) {
      return key;
    }
    in.budget().scan(text.length());
    return Texts.lower(text);
  }

  private static Object unique(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'unique'", "case_sensitive", "attribute");
    boolean exact = bound.flag("case_sensitive", false);
    List<Object> keys = new ArrayList<>();
    List<Object> kept = new ArrayList<>();
    for (Object item : Iteration.items(in, value)) {
      in.budget().elements(1);
      Object key = key(in, item, bound.or("attribute", None.NONE), exact);
      if (!Comparisons.contains(in, keys, key)) {
        keys.add(key);
        kept.add(item);
      }
    }
    return new OneShot(kept);
  }

  private static Object extreme(Interpreter in, Object value, Arguments given, int sign) {
    Arguments.Bound bound = given.bind("filter 'min' or 'max'", "case_sensitive", "attribute");
    boolean exact = bound.flag("case_sensitive", false);
    Object path = bound.or("attribute", None.NONE);
    Object best = new Undefined("there is no item");
    boolean any = false;
    for (Object item : Iteration.items(in, value)) {
      boolean better =
          !any
              || sign
                      * Comparisons.order(
                          in, key(in, item, path, exact), key(in, best, path, exact))
                  > 0;
      best = better ? item : best;
      any = true;
    }
    return best;
  }

  private static Object items(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'items'");
    if (value instanceof Undefined) {
      return new OneShot(List.of());
    }
    return new OneShot(CollectionMethods.items(in, requireDict("items", value)).items());
  }

  private static Object sortedDict(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'dictsort'", "case_sensitive", "by", "reverse");
    String by = bound.textOr("by", "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw new TemplateFault("filter 'dictsort' sorts by 'key' or 'value' only");
    }
    boolean exact = bound.flag("case_sensitive", false);
    Long place = by.equals("key") ? 0L : 1L;
    List<Object> pairs = CollectionMethods.items(in, requireDict("dictsort", value)).items();
    Comparator<Object> order =
        (left, right) ->
            Comparisons.order(in, key(in, left, place, exact), key(in, right, place, exact));
    return sorted(pairs, order, bound.flag("reverse", false));
  }

  private static Map<?, ?> requireDict(String filter, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw value instanceof Undefined undefined
        ? undefined.fault()
        : new TemplateFault(
            "filter '%s' needs a dict but got %s".formatted(filter, Values.typeName(value)));
  }
}
