package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import java.util.List;
import java.util.Map;

/** Draws from lists and by shares. */
final class Choice {

  private Choice() {}

  /** One of those, each as often, by the key's draw at that position. */
  static <T> T of(List<T> list, CountedRandom key, long position) {
    return list.get(key.below(list.size(), position));
  }

  /**
   * The choice at a place of the unit interval, which the choices part by their shares in the map's
   * order.
   *
   * @param shares sum to 1
   * @param place from 0, less than 1
   */
  static <T> T byShare(Map<T, Double> shares, double place) {
    double sum = 0;
    T last = null;
    for (Map.Entry<T, Double> entry : shares.entrySet()) {
      sum += entry.getValue();
      last = entry.getKey();
      if (place < sum) {
        return last;
      }
    }
    if (last == null) {
      throw new IllegalArgumentException("there is nothing to choose from");
    }
    return last;
  }
}
