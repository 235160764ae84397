package io.arete.rlaif.reward;

import io.arete.rlaif.text.FacetTexts.FacetText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs that one comparison of two conversations gave, at most one a facet. They stand in one
 * pass: what the facets' texts have in common is computed once.
 */
record PairGroup(List<RewardPair> pairs) {

  PairGroup {
    pairs = List.copyOf(pairs);
  }

  /** Groups by comparison, in the order in which comparisons first occur. */
  static List<PairGroup> of(Collection<List<RewardPair>> pairsByFacet) {
    Map<String, List<RewardPair>> groups = new LinkedHashMap<>();
    for (List<RewardPair> pairs : pairsByFacet) {
      for (RewardPair pair : pairs) {
        groups.computeIfAbsent(pair.comparison(), key -> new ArrayList<>()).add(pair);
      }
    }
    return groups.values().stream().map(PairGroup::new).toList();
  }

  /** The texts of all groups: of each pair the first, then the second. */
  static List<FacetText> texts(List<PairGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.pairs().stream())
        .flatMap(pair -> pair.texts().stream())
        .toList();
  }
}
