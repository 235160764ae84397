package io.arete.rlaif.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** End results side by side, and how runs differ where they were asked the same. */
final class ComparisonChapter {

  private ComparisonChapter() {}

  static Optional<Chapter> of(List<ReportedRun> runs) {
    List<Block> blocks = new ArrayList<>();
    results(runs).ifPresent(blocks::add);
    if (runs.size() > 1) {
      blocks.addAll(PairedRuns.of(runs));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chapter("comparison", "End results side by side", blocks));
  }

  private static Optional<Block.Numbers> results(List<ReportedRun> runs) {
    Map<ReportedRun, Map<String, String>> found = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (ReportedRun run : runs) {
      Map<String, String> own = RunOutcomes.of(run.files());
      found.put(run, own);
      names.addAll(own.keySet());
    }
    List<String> head = new ArrayList<>(List.of("with 95 % intervals"));
    runs.forEach(run -> head.add(run.name()));
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name));
      found.values().forEach(own -> row.add(own.getOrDefault(name, "–")));
      rows.add(row);
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Block.Numbers(head, rows));
  }
}
