package io.arete.engine.text.jinja;

/** The value of what does not exist: prints nothing, is false, and fails when it is used. */
record Undefined(String reason) {

  TemplateFault fault() {
    return new TemplateFault(reason);
  }
}
