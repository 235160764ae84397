package io.arete.rlaif.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Curves as a figure with the numbers behind it. */
final class Curves {

  /** Rows of the table: every curve at about so many steps. */
  private static final int ROWS = 12;

  private Curves() {}

  /** The figure; nothing if no curve has points. */
  static Optional<Block.Figure> figure(
      String id, String says, String axis, List<Curve> curves, List<Plots.Mark> marks) {
    List<Curve> there = curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Block.Figure(id, says, Plots.curves(axis, there, marks), numbers(there)));
  }

  /**
   * Every curve at about a dozen steps of the longest: where it has no point there, at its last
   * point before.
   */
  static Block.Numbers numbers(List<Curve> curves) {
    List<String> head = new ArrayList<>(List.of("step"));
    List<NavigableMap<Long, Double>> values = new ArrayList<>();
    NavigableMap<Long, Double> longest = new TreeMap<>();
    for (Curve curve : curves) {
      head.add(curve.name().isEmpty() ? "value" : curve.name());
      NavigableMap<Long, Double> own = new TreeMap<>();
      curve.points().forEach(point -> own.put(point.step(), point.value()));
      values.add(own);
      longest = own.size() > longest.size() ? own : longest;
    }
    List<List<String>> rows = new ArrayList<>();
    for (long step : some(List.copyOf(longest.keySet()))) {
      List<String> row = new ArrayList<>(List.of(Long.toString(step)));
      for (NavigableMap<Long, Double> own : values) {
        Map.Entry<Long, Double> last = own.floorEntry(step);
        row.add(
            last == null || own.lastKey() < step
                ? ""
                : String.format(Locale.ROOT, "%.4f", last.getValue()));
      }
      rows.add(row);
    }
    return new Block.Numbers(head, rows);
  }

  /** The first, the last, and others at like distances. */
  private static List<Long> some(List<Long> steps) {
    int rows = Math.min(ROWS, steps.size());
    List<Long> some = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      some.add(steps.get((int) ((long) (steps.size() - 1) * row / Math.max(1, rows - 1))));
    }
    return some;
  }
}
