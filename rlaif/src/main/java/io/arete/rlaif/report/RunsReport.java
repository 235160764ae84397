package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes one page of several runs: verdicts, differences, curves over each other. */
public final class RunsReport {

  private RunsReport() {}

  /**
   * Writes the page of runs that somebody names, finished or not.
   *
   * @throws AreteException if a folder is no run or is named twice, or a file is damaged
   */
  public static void write(String title, List<ReportedRun> runs, Path out) {
    Set<Path> folders = new HashSet<>();
    for (ReportedRun run : runs) {
      RunManifest.ofRun(run.folder());
      if (!folders.add(run.folder().toAbsolutePath().normalize())) {
        throw new AreteException(run.folder() + " is named twice; name each run once.");
      }
    }
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(VerdictsChapter.of(runs, out));
    ComparisonChapter.of(runs).ifPresent(chapters::add);
    rest(runs, chapters);
    AtomicFile.writeText(out, Page.html(title, chapters));
  }

  /**
   * Writes the page of all runs of a recipe with seeds or a grid.
   *
   * @param runs those that have begun
   * @param table the recipe's table of cells, as table.json has it
   */
  public static void writeTree(String title, List<ReportedRun> runs, JsonNode table, Path out) {
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(VerdictsChapter.of(runs, out));
    chapters.add(CellsChapter.of(table));
    rest(runs, chapters);
    AtomicFile.writeText(out, Page.html(title, chapters));
  }

  private static void rest(List<ReportedRun> runs, List<Chapter> chapters) {
    OverlaidChapters.rewards(runs).ifPresent(chapters::add);
    OverlaidChapters.policy(runs).ifPresent(chapters::add);
    chapters.add(ChangedChapter.of(runs));
  }
}
