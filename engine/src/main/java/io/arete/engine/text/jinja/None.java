package io.arete.engine.text.jinja;

/** Python's None. */
enum None {
  NONE
}
