package io.arete.engine.text.jinja;

import java.util.List;

/** Where an assignment or a loop puts a value. */
sealed interface Target {

  void assign(Interpreter in, Scope scope, Object value);

  /** A variable. */
  record Variable(String name) implements Target {
    @Override
    public void assign(Interpreter in, Scope scope, Object value) {
      scope.set(name, value);
    }
  }

  /** {@code ns.name} of a namespace. */
  record NamespaceField(String namespace, String name) implements Target {
    @Override
    public void assign(Interpreter in, Scope scope, Object value) {
      if (!(scope.lookup(namespace) instanceof Namespace fields)) {
        throw new TemplateFault(
            "'%s.%s' cannot be set because '%s' is no namespace"
                .formatted(namespace, name, namespace));
      }
      fields.values().put(name, value);
    }
  }

  /** {@code a, b}: as many parts as the value has items. */
  record Several(List<Target> parts) implements Target {
    @Override
    public void assign(Interpreter in, Scope scope, Object value) {
      in.budget().enter();
      List<?> items = Iteration.items(in, value);
      if (items.size() != parts.size()) {
        throw new TemplateFault(
            "%d items cannot be unpacked into %d variables".formatted(items.size(), parts.size()));
      }
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).assign(in, scope, items.get(i));
      }
      in.budget().leave();
    }
  }
}
