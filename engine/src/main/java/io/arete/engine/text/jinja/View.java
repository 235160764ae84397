package io.arete.engine.text.jinja;

import java.util.List;

/** What {@code range()} and a dict's {@code items()}, {@code keys()}, {@code values()} give. */
record View(String kind, List<Object> items) {}
