package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can call. */
final class Globals {

  /** Items of one {@code range}, as in the sandbox of jinja2. */
  private static final int MAX_RANGE = 100_000;

  private Globals() {}

  static Map<String, Object> functions() {
    Map<String, Object> functions = new HashMap<>();
    add(functions, "range", Globals::range);
    add(functions, "namespace", Globals::namespace);
    add(functions, "dict", Globals::dict);
    add(functions, "raise_exception", Globals::raise);
    add(functions, "strftime_now", Globals::now);
    for (String name : List.of("lipsum", "cycler", "joiner")) {
      add(functions, name, (in, given) -> unknown(name));
    }
    return functions;
  }

  private static void add(Map<String, Object> functions, String name, Callable function) {
    functions.put(name, function);
  }

  private static Object unknown(String name) {
    throw new TemplateFault("function '" + name + "' is unknown");
  }

  private static Object range(Interpreter in, Arguments given) {
    Arguments.Bound bound = given.bind("range()", "start", "stop", "step");
    long first = Values.requireInteger(bound.get("start"), "range()");
    boolean fromZero = !bound.has("stop");
    long start = fromZero ? 0 : first;
    long stop = fromZero ? first : Values.requireInteger(bound.get("stop"), "range()");
    long step = Values.requireInteger(bound.or("step", 1L), "range()");
    if (step == 0) {
      throw new TemplateFault("range() has a step of 0");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; ) {
      if (numbers.size() == MAX_RANGE) {
        throw new TemplateFault("range() has more than " + MAX_RANGE + " items");
      }
      in.budget().elements(1);
      numbers.add(i);
      if (step > 0 ? i > Long.MAX_VALUE - step : i < Long.MIN_VALUE - step) {
        break;
      }
      i += step;
    }
    return new View("range", numbers);
  }

  private static Object namespace(Interpreter in, Arguments given) {
    Map<String, Object> values = new LinkedHashMap<>();
    toDict(in, "namespace()", given)
        .forEach(
            (key, value) -> {
              if (!(key instanceof String name)) {
                throw new TemplateFault("namespace() needs strings as names");
              }
              values.put(name, value);
            });
    return new Namespace(values);
  }

  private static Object dict(Interpreter in, Arguments given) {
    return toDict(in, "dict()", given);
  }

  private static Map<Object, Object> toDict(Interpreter in, String function, Arguments given) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (given.positional().size() > 1) {
      throw new TemplateFault(function + " takes one value without a name");
    }
    for (Object source : given.positional()) {
      if (!(source instanceof Map<?, ?> map)) {
        throw new TemplateFault(function + " of " + Values.typeName(source) + " is unknown");
      }
      in.budget().elements(map.size());
      dict.putAll(map);
    }
    dict.putAll(given.named());
    return dict;
  }

  private static Object raise(Interpreter in, Arguments given) {
    Object message = given.bind("raise_exception()", "message").get("message");
    throw new TemplateFault("the template refuses: " + in.text(message));
  }

  private static Object now(Interpreter in, Arguments given) {
    String format = given.bind("strftime_now()", "format").text("format");
    return DateFormat.format(in, format);
  }
}
