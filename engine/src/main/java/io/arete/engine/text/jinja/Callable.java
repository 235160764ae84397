package io.arete.engine.text.jinja;

/** What a template can call. */
interface Callable {

  Object call(Interpreter in, Arguments arguments);
}
