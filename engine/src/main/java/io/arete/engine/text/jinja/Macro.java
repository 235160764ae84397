package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro and the scope it was defined in, which is what its body sees. */
record Macro(MacroShape shape, Scope definedIn) implements Callable {

  @Override
  public Object call(Interpreter in, Arguments arguments) {
    return call(in, arguments, new Undefined("no caller defined"));
  }

  Object call(Interpreter in, Arguments arguments, Object caller) {
    if (!(caller instanceof Undefined) && !shape.usesCaller()) {
      throw new TemplateFault("macro '" + shape.name() + "' takes no caller");
    }
    Scope scope = new Scope(definedIn);
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    List<String> parameters = shape.parameters();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i);
      if (i < arguments.positional().size()) {
        scope.set(name, arguments.positional().get(i));
      } else if (named.containsKey(name)) {
        scope.set(name, named.remove(name));
      } else {
        missing.add(name);
      }
    }
    addRest(scope, arguments.positional(), named);
    scope.set("caller", caller);
    for (String name : missing) {
      Expression preset = shape.presets().get(name);
      scope.set(
          name,
          preset == null
              ? new Undefined("parameter '" + name + "' was not provided")
              : in.value(preset, scope));
    }
    return in.capture(shape.body(), scope);
  }

  private void addRest(Scope scope, List<Object> positional, Map<String, Object> named) {
    int count = Math.min(shape.parameters().size(), positional.size());
    List<Object> more = new ArrayList<>(positional.subList(count, positional.size()));
    if (!more.isEmpty() && !shape.usesVarargs()) {
      throw new TemplateFault(
          "macro '%s' takes at most %d arguments and got %d"
              .formatted(shape.name(), shape.parameters().size(), positional.size()));
    }
    if (!named.isEmpty() && !shape.usesKwargs()) {
      throw new TemplateFault(
          "macro '%s' takes no argument '%s' here"
              .formatted(shape.name(), Texts.shortened(named.keySet().iterator().next())));
    }
    if (shape.usesVarargs()) {
      scope.set("varargs", new Tuple(more));
    }
    if (shape.usesKwargs()) {
      scope.set("kwargs", new LinkedHashMap<Object, Object>(named));
    }
  }
}
