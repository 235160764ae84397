package io.arete.engine.text.jinja;

import java.util.HashMap;
import java.util.Map;

/** The filters by name. A filter of jinja2 that is not listed fails by its name. */
final class Filters {

  /** A filter's work on the value left of the bar. */
  interface Filter {
    Object apply(Interpreter in, Object value, Arguments given);
  }

  private static final Map<String, Filter> FILTERS = all();

  private Filters() {}

  static Object apply(Interpreter in, String name, Object value, Arguments given) {
    Filter filter = FILTERS.get(name);
    if (filter == null) {
      throw new TemplateFault("filter '" + Texts.shortened(name) + "' is unknown");
    }
    if (value instanceof Markup && !TextFilters.ACCEPT_MARKUP.contains(name)) {
      throw new TemplateFault("filter '" + name + "' after 'safe' or 'escape' is unknown");
    }
    if (value instanceof String text) {
      in.budget().scan(text.length());
    }
    return filter.apply(in, value, given);
  }

  private static Map<String, Filter> all() {
    Map<String, Filter> filters = new HashMap<>();
    TextFilters.register(filters);
    NumberFilters.register(filters);
    ListFilters.register(filters);
    SelectionFilters.register(filters);
    return Map.copyOf(filters);
  }
}
