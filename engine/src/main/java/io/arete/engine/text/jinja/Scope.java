package io.arete.engine.text.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one block; what is not found here is looked up in the block around it. */
final class Scope {

  private final @Nullable Scope outer;
  private final Map<String, Object> variables = new HashMap<>();

  /** The outermost scope. */
  Scope(Map<String, Object> variables) {
    this.outer = null;
    this.variables.putAll(variables);
  }

  Scope(Scope outer) {
    this.outer = outer;
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  Object lookup(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined("'" + Texts.shortened(name) + "' is undefined");
  }
}
