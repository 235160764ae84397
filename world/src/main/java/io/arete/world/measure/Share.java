package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How many of how many.
 *
 * @param count at most {@code of}
 */
record Share(int count, int of) {

  /** The share of the items for which that holds. */
  static <T> Share of(List<T> items, Predicate<T> holds) {
    return new Share((int) items.stream().filter(holds).count(), items.size());
  }

  /** From 0 to 1; NaN of nothing. */
  double value() {
    return (double) count / of;
  }

  String percent() {
    return of == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * value());
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance.objectNode().put("count", count).put("of", of);
  }
}
