package io.arete.engine.text.jinja;

import java.util.List;

/** What {@code map}, {@code select} and their like give: items that can be read once. */
final class OneShot {

  private List<Object> rest;

  OneShot(List<Object> items) {
    rest = items;
  }

  List<Object> take() {
    List<Object> items = rest;
    rest = List.of();
    return items;
  }
}
