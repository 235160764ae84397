package io.arete.engine.text.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments written at a call, a filter or a test. */
record CallArguments(List<Expression> positional, Map<String, Expression> named) {

  static final CallArguments NONE = new CallArguments(List.of(), Map.of());

  Arguments evaluate(Interpreter in, Scope scope) {
    if (positional.isEmpty() && named.isEmpty()) {
      return Arguments.NONE;
    }
    Map<String, Object> byName = new LinkedHashMap<>();
    List<Object> inOrder = in.values(positional, scope);
    named.forEach((name, expression) -> byName.put(name, in.value(expression, scope)));
    return new Arguments(inOrder, byName);
  }
}
