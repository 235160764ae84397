package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that a function, filter or test is called with. */
record Arguments(List<Object> positional, Map<String, Object> named) {

  static final Arguments NONE = new Arguments(List.of(), Map.of());

  static Arguments of(Object... values) {
    return new Arguments(List.of(values), Map.of());
  }

  /** Gives each argument its parameter's name; too many, doubled or unknown ones fail. */
  Bound bind(String function, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new TemplateFault(
          "%s takes at most %d arguments and got %d"
              .formatted(function, parameters.length, positional.size()));
    }
    Map<String, Object> bound = new LinkedHashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      bound.put(parameters[i], positional.get(i));
    }
    named.forEach(
        (name, value) -> {
          if (!List.of(parameters).contains(name) || bound.put(name, value) != null) {
            throw new TemplateFault(
                "%s takes no argument '%s' here".formatted(function, Texts.shortened(name)));
          }
        });
    return new Bound(function, bound);
  }

  /** The arguments after the first few positional ones. */
  Arguments without(int count) {
    return new Arguments(
        new ArrayList<>(positional.subList(Math.min(count, positional.size()), positional.size())),
        named);
  }

  /** Arguments by parameter name. */
  record Bound(String function, Map<String, Object> values) {

    boolean has(String name) {
      return values.containsKey(name);
    }

    Object get(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw new TemplateFault("%s lacks its argument '%s'".formatted(function, name));
      }
      return value;
    }

    Object or(String name, Object preset) {
      return values.getOrDefault(name, preset);
    }

    boolean flag(String name, boolean preset) {
      return Values.truth(or(name, preset));
    }

    String text(String name) {
      return text(name, get(name));
    }

    String textOr(String name, String preset) {
      return text(name, or(name, preset));
    }

    /** An integer as an int, cut to the range of int. */
    int integerOr(String name, int preset) {
      Object value = or(name, (long) preset);
      if (value instanceof Boolean flag) {
        return flag ? 1 : 0;
      }
      if (value instanceof Long number) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
      }
      throw wrongType(name, "an integer", value);
    }

    private String text(String name, Object value) {
      if (value instanceof String text) {
        return text;
      }
      throw wrongType(name, "a string", value);
    }

    private TemplateFault wrongType(String name, String wanted, Object found) {
      return new TemplateFault(
          "argument '%s' of %s must be %s but is %s"
              .formatted(name, function, wanted, Values.typeName(found)));
    }
  }
}
