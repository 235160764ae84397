package io.arete.world.language;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Split;
import io.arete.world.bank.SplitShares;
import io.arete.world.text.Filling;
import io.arete.world.text.FillingSort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which fillings belong to which split: by a hash of the filling, so that it never changes when
 * others are added. "Anna Berg" belongs to one split only; "Anna" and "Berg" may occur in all, as
 * words that a model has seen.
 */
public final class FillingSplits {

  private final Map<String, Map<Split, List<Filling>>> bySort = new HashMap<>();

  /** Parts the fillings of those sorts. */
  public FillingSplits(List<FillingSort> sorts, SplitShares shares) {
    for (FillingSort sort : sorts) {
      Map<Split, List<Filling>> parts = new EnumMap<>(Split.class);
      for (Filling filling : sort.fillings()) {
        Split split = split(sort.name(), filling, shares);
        parts.computeIfAbsent(split, key -> new ArrayList<>()).add(filling);
      }
      bySort.put(sort.name(), parts);
    }
  }

  /** The fillings of a sort that belong to a split. */
  public List<Filling> fillings(String sort, Split split) {
    return List.copyOf(bySort.getOrDefault(sort, Map.of()).getOrDefault(split, List.of()));
  }

  private static Split split(String sort, Filling filling, SplitShares shares) {
    double place = CountedRandom.of(0).at("filling").at(sort).at(filling.whole()).uniform(0);
    if (place < shares.verdict()) {
      return Split.VERDICT;
    }
    return place < shares.verdict() + shares.watch() ? Split.WATCH : Split.TRAIN;
  }
}
