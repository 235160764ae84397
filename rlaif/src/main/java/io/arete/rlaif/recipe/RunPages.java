package io.arete.rlaif.recipe;

import io.arete.rlaif.report.ReportedRun;
import io.arete.rlaif.report.RunReport;
import io.arete.rlaif.report.RunsReport;
import io.arete.rlaif.report.StudyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Pages of runs: of one, of all runs of a recipe with seeds or a grid, of any that are named. */
public final class RunPages {

  private RunPages() {}

  /**
   * Writes the page of what is named, a run or a study of attacks; of several folders, those with
   * seeds or a grid stand for their runs.
   *
   * @param folders at least one
   * @throws io.arete.engine.AreteException if one is no run, is named twice or is a study that has
   *     not ended, or a file is damaged
   */
  public static void write(List<Path> folders, Path out) {
    if (folders.size() > 1) {
      List<ReportedRun> runs = new ArrayList<>();
      folders.forEach(folder -> runs.addAll(named(folder)));
      RunsReport.write("Arete: " + runs.size() + " runs compared", distinct(runs), out);
    } else if (RunTree.isTree(folders.get(0))) {
      RunTree tree = RunTree.ofFolder(folders.get(0));
      writeTree(tree, TreeTable.of(tree), out);
    } else if (StudyReport.isStudy(folders.get(0))) {
      StudyReport.write(folders.get(0), out);
    } else {
      RunReport.write(folders.get(0), out);
    }
  }

  private static void writeTree(RunTree tree, TreeTable table, Path out) {
    RunsReport.writeTree("Arete: " + name(tree.root()), members(tree, ""), table.toJson(), out);
  }

  /**
   * Writes the page that lies in a run's own folder. A page is only a view: what keeps it from
   * being drawn is told, and the run is as it was.
   */
  static void writeAtEnd(Path run, Consumer<String> told) {
    orTell(run, told, page -> RunReport.write(run, page));
  }

  /** The same for all runs of a tree. */
  static void writeAtEnd(RunTree tree, TreeTable table, Consumer<String> told) {
    orTell(tree.root(), told, page -> writeTree(tree, table, page));
  }

  /** The same for a study of attacks. */
  public static void writeStudyAtEnd(Path study, Consumer<String> told) {
    orTell(study, told, page -> StudyReport.write(study, page));
  }

  private static void orTell(Path folder, Consumer<String> told, Consumer<Path> drawing) {
    try {
      drawing.accept(folder.resolve(RunReport.FILE));
    } catch (RuntimeException failure) {
      told.accept(
          "The page could not be drawn ("
              + failure.getMessage()
              + "); the results are whole, and arete report "
              + folder
              + " tries again.");
    }
  }

  private static List<ReportedRun> named(Path folder) {
    String name = name(folder);
    return RunTree.isTree(folder)
        ? members(RunTree.ofFolder(folder), name + ": ")
        : List.of(new ReportedRun(name, name, folder));
  }

  /** The runs of a tree that have begun; those of one cell are one group. */
  private static List<ReportedRun> members(RunTree tree, String before) {
    List<ReportedRun> members = new ArrayList<>();
    for (RunTree.Cell cell : tree.cells()) {
      List<Path> runs = cell.runs();
      for (int i = 0; i < runs.size(); i++) {
        String seed = cell.seeds().isEmpty() ? "" : "seed " + cell.seeds().get(i);
        String joint = cell.name().isEmpty() || seed.isEmpty() ? "" : ", ";
        String name = before + cell.name() + joint + seed;
        if (Files.exists(runs.get(i).resolve("run.json"))) {
          String group = tree.hasGrid() ? before + cell.name() : name;
          members.add(new ReportedRun(name, group, runs.get(i)));
        }
      }
    }
    return members;
  }

  /** Folders of one name go by their whole path. */
  private static List<ReportedRun> distinct(List<ReportedRun> runs) {
    Set<String> names = new HashSet<>();
    boolean same = runs.stream().anyMatch(run -> !names.add(run.name()));
    return same
        ? runs.stream()
            .map(
                run ->
                    new ReportedRun(run.folder().toString(), run.folder().toString(), run.folder()))
            .toList()
        : runs;
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString();
  }
}
