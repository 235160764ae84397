package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Filters that go through items with a test, a filter or an attribute; and presets. */
final class SelectionFilters {

  private SelectionFilters() {}

  static void register(Map<String, Filters.Filter> filters) {
    filters.put("default", SelectionFilters::preset);
    filters.put("d", SelectionFilters::preset);
    filters.put("attr", SelectionFilters::attribute);
    filters.put("map", SelectionFilters::map);
    filters.put("select", (in, value, given) -> select(in, value, given, false, true));
    filters.put("reject", (in, value, given) -> select(in, value, given, false, false));
    filters.put("selectattr", (in, value, given) -> select(in, value, given, true, true));
    filters.put("rejectattr", (in, value, given) -> select(in, value, given, true, false));
  }

  private static Object preset(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'default'", "default_value", "boolean");
    boolean replaced =
        value instanceof Undefined || (bound.flag("boolean", false) && !Values.truth(value));
    return replaced ? bound.or("default_value", "") : value;
  }

  private static Object attribute(Interpreter in, Object value, Arguments given) {
    String name = given.bind("filter 'attr'", "name").text("name");
    if (value instanceof Map<?, ?>) {
      Object found = CollectionMethods.member(value, name);
      return found instanceof Undefined ? Access.absent(value, name) : found;
    }
    return Access.attribute(value, name);
  }

  private static Object map(Interpreter in, Object value, Arguments given) {
    List<Object> mapped = new ArrayList<>();
    if (given.positional().isEmpty()) {
      Arguments.Bound bound = given.bind("filter 'map'", "attribute", "default");
      Object path = bound.get("attribute");
      for (Object item : Iteration.items(in, value)) {
        in.budget().elements(1);
        mapped.add(Paths.read(in, item, path, bound.or("default", None.NONE)));
      }
      return new OneShot(mapped);
    }
    String filter = name("map", given.positional().get(0));
    Arguments rest = given.without(1);
    for (Object item : Iteration.items(in, value)) {
      in.budget().elements(1);
      mapped.add(Filters.apply(in, filter, item, rest));
    }
    return new OneShot(mapped);
  }

  private static Object select(
      Interpreter in, Object value, Arguments given, boolean byAttribute, boolean wanted) {
    int used = byAttribute ? 1 : 0;
    if (given.positional().size() < used) {
      throw new TemplateFault("filter 'selectattr' or 'rejectattr' lacks its attribute");
    }
    Object path = byAttribute ? given.positional().get(0) : None.NONE;
    boolean tests = given.positional().size() > used;
    String test = tests ? name("select", given.positional().get(used)) : "";
    Arguments rest = given.without(used + 1);
    List<Object> kept = new ArrayList<>();
    for (Object item : Iteration.items(in, value)) {
      in.budget().elements(1);
      Object tested = Paths.read(in, item, path);
      boolean holds = tests ? ValueTests.holds(in, test, tested, rest) : Values.truth(tested);
      if (holds == wanted) {
        kept.add(item);
      }
    }
    return new OneShot(kept);
  }

  private static String name(String filter, Object value) {
    if (value instanceof String name) {
      return name;
    }
    throw new TemplateFault("filter '" + filter + "' needs the name of a filter or test");
  }
}
