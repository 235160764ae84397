package io.arete.rlaif.report;

import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a run's page. */
public final class RunReport {

  /** The page's name in the run's folder. */
  public static final String FILE = "report.html";

  private RunReport() {}

  /**
   * Writes the page of a run, finished or not.
   *
   * @throws io.arete.engine.AreteException if the folder is no run, or a file of it is damaged
   */
  public static void write(Path run, Path out) {
    RunManifest.ofRun(run);
    RunFiles files = new RunFiles(run);
    AtomicFile.writeText(out, Page.html("Arete: " + files.name(), chapters(files)));
  }

  /** In the way of the data, the verdict first. */
  private static List<Chapter> chapters(RunFiles run) {
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(VerdictChapter.of(run));
    TalksChapter.of(run).ifPresent(chapters::add);
    AttackChapter.of(run).ifPresent(chapters::add);
    DifferenceChapter.of(run).ifPresent(chapters::add);
    TuningChapter.of(run).ifPresent(chapters::add);
    TrustChapter.of(run).ifPresent(chapters::add);
    TextsChapter.of(run).ifPresent(chapters::add);
    RewardChapter.of(run).ifPresent(chapters::add);
    PolicyChapter.of(run).ifPresent(chapters::add);
    GatesChapter.of(run).ifPresent(chapters::add);
    chapters.add(SettingsChapter.of(run));
    return chapters;
  }
}
