package io.arete.engine.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A forest cut into forests of about equal size, for computing side by side. What several parts
 * have in common, such as a system text, stands in each of them.
 *
 * @param forests the parts
 * @param rows for each token of the whole its row among the tokens of all parts, one part after the
 *     other; of a token that stands in several the first
 */
public record ForestParts(List<Forest> forests, int[] rows) {

  /** Smaller parts cost more in calls than they save. */
  private static final int MIN_TOKENS = 32;

  /** A largest part beyond this share of the whole does not pay. */
  private static final double WORTH = 0.85;

  /** Cuts into at most so many parts; one part is the forest itself. */
  public static ForestParts of(Forest forest, int parts) {
    int wanted = Math.min(Math.min(parts, forest.sequences()), forest.tokens() / MIN_TOKENS);
    if (wanted <= 1) {
      return whole(forest);
    }
    List<List<Integer>> groups = groups(forest, wanted);
    List<Forest> forests = groups.stream().map(group -> part(forest, group)).toList();
    int largest = forests.stream().mapToInt(Forest::tokens).max().orElseThrow();
    if (largest > WORTH * forest.tokens()) {
      return whole(forest);
    }
    return new ForestParts(forests, rows(forest, groups, forests));
  }

  private static ForestParts whole(Forest forest) {
    int[] rows = new int[forest.tokens()];
    Arrays.setAll(rows, row -> row);
    return new ForestParts(List.of(forest), rows);
  }

  /** Neighbours in the depth-first order stay together: they share the most. */
  private static List<List<Integer>> groups(Forest forest, int wanted) {
    List<Integer> order = new ArrayList<>();
    for (int sequence = 0; sequence < forest.sequences(); sequence++) {
      order.add(sequence);
    }
    order.sort(Comparator.comparingInt(forest::end));
    List<List<Integer>> groups = new ArrayList<>();
    int[] before = {};
    int taken = 0;
    for (int sequence : order) {
      int[] path = forest.path(sequence);
      int shared = Arrays.mismatch(before, path);
      int added = path.length - (shared < 0 ? path.length : shared);
      // A sequence belongs where its middle lies.
      int group = (int) ((taken + added / 2L) * wanted / forest.tokens());
      if (groups.isEmpty() || group >= groups.size()) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(sequence);
      taken += added;
      before = path;
    }
    return groups;
  }

  private static Forest part(Forest forest, List<Integer> group) {
    int[] ids = forest.ids();
    return Forest.of(
        group.stream()
            .map(sequence -> Arrays.stream(forest.path(sequence)).map(row -> ids[row]).toArray())
            .toList());
  }

  private static int[] rows(Forest forest, List<List<Integer>> groups, List<Forest> forests) {
    int[] rows = new int[forest.tokens()];
    Arrays.fill(rows, -1);
    int before = 0;
    for (int part = 0; part < forests.size(); part++) {
      for (int i = 0; i < groups.get(part).size(); i++) {
        int[] from = forest.path(groups.get(part).get(i));
        int[] to = forests.get(part).path(i);
        for (int position = 0; position < from.length; position++) {
          if (rows[from[position]] < 0) {
            rows[from[position]] = before + to[position];
          }
        }
      }
      before += forests.get(part).tokens();
    }
    return rows;
  }
}
