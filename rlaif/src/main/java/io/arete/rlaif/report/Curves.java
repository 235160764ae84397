package io.arete.rlaif.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Every curve at about a dozen steps. */
  static Block.Numbers numbers(List<Curve> curves) {
    List<String> head = new ArrayList<>(List.of("step"));
    curves.forEach(curve -> head.add(curve.name().isEmpty() ? "value" : curve.name()));
    Map<Long, String[]> rows = new TreeMap<>();
    for (int i = 0; i < curves.size(); i++) {
      List<Curve.Point> points = curves.get(i).points();
      int last = points.size() - 1;
      for (int row = 0; row < Math.min(ROWS, points.size()); row++) {
        int at = (int) ((long) last * row / Math.max(1, Math.min(ROWS, points.size()) - 1));
        Curve.Point point = points.get(at);
        rows.computeIfAbsent(point.step(), step -> new String[curves.size()])[i] =
            String.format(Locale.ROOT, "%.4f", point.value());
      }
    }
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (step, values) -> {
          List<String> row = new ArrayList<>(List.of(Long.toString(step)));
          for (String value : values) {
            row.add(value == null ? "" : value);
          }
          cells.add(row);
        });
    return new Block.Numbers(head, cells);
  }
}
