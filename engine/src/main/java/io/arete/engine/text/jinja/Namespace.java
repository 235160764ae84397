package io.arete.engine.text.jinja;

import java.util.Map;

/** What {@code namespace()} gives: the one value that a template may change. */
record Namespace(Map<String, Object> values) {}
